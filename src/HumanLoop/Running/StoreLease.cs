using System.Globalization;
using HumanLoop.Journaling;

namespace HumanLoop.Running;

/// <summary>Which process does a kind of work, such as to learn for a workflow: one at a time, so that it is not done twice. What keeps two from harming each
/// other is the version of what they write.</summary>
/// <remarks>Clocks of two machines are never compared: a lease is over when its holder has not renewed it for a while by the watcher's own clock.</remarks>
internal sealed class StoreLease(IWorkflowState state, ProcessIdentity process, TimeProvider time, string workflow, string document)
{
    /// <summary>How often a holder must ask again to keep it.</summary>
    public static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan OverAfter = TimeSpan.FromSeconds(10);

    private (long Version, long Since)? _held;
    private (long Version, long Since)? _watched;

    /// <summary>Takes, keeps or renews the lease.</summary>
    /// <returns>Whether this process holds it.</returns>
    public async Task<bool> HoldAsync(CancellationToken cancellationToken)
    {
        if (_held is { } held && time.GetElapsedTime(held.Since) < RenewAfter)
        {
            return true;
        }

        _held = null;
        var stored = await state.ReadAsync(workflow, document, cancellationToken).ConfigureAwait(false);
        return IsFree(stored) && await TakeAsync(stored?.Version ?? 0, process.Name).ConfigureAwait(false);
    }

    /// <summary>Another process has written what only the holder writes.</summary>
    public void Lost() => _held = null;

    /// <summary>Hands it to the process that asks next.</summary>
    public async Task ReleaseAsync()
    {
        if (_held is { } held)
        {
            await TakeAsync(held.Version, "").ConfigureAwait(false);
            _held = null;
        }
    }

    private bool IsFree(StateDocument? stored)
    {
        if (stored is null or { Value.Length: 0 } || stored.Value == process.Name || IsGone(stored.Value))
        {
            return true;
        }

        if (_watched is not { } watched || watched.Version != stored.Version)
        {
            _watched = watched = (stored.Version, time.GetTimestamp());
        }

        return time.GetElapsedTime(watched.Since) >= OverAfter;
    }

    private async Task<bool> TakeAsync(long version, string holder)
    {
        _held = null;
        if (!await state.WriteAsync(workflow, document, holder, version).ConfigureAwait(false))
        {
            return false;
        }

        _held = (version + 1, time.GetTimestamp());
        return true;
    }

    /// <summary>Whether a holder was a process of this machine that runs no more: it need not be waited for.</summary>
    private static bool IsGone(string holder)
    {
        if (holder.Split('/') is not [var machine, var number, _] || machine != Environment.MachineName || !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            return false;
        }

        if (id == Environment.ProcessId)
        {
            return false;
        }

        try
        {
            System.Diagnostics.Process.GetProcessById(id).Dispose();
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}
