using HumanLoop.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using HumanLoop.Journaling;
using HumanLoop.Notifying;
using HumanLoop.Observing;
using HumanLoop.Queueing;
using HumanLoop.Routing;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace HumanLoop.Hosting;

/// <summary>Makes the loop ready, once: checks the store's environment, fetches the key of the audit draw, reads the stop switches and the thresholds, and says what is in force.</summary>
/// <remarks>A start that failed is tried again by the next call: a database that is late must not need a restart.</remarks>
internal sealed class LoopStart(
    WorkflowCatalog catalog,
    IReviewQueue queue,
    IWorkflowState state,
    WorkflowSwitch stopSwitch,
    ThresholdFollower thresholds,
    LearningStore learning,
    ThresholdReader reader,
    NotificationDesk notifications,
    IEnumerable<WebhookCourier> webhooks,
    IOptions<HumanLoopOptions> options,
    StoreTime storeTime,
    TimeProvider time,
    ILogger<LoopStart> logger,
    IHostEnvironment? environment = null)
{
    private const string EnvironmentDocument = "environment";
    private const string KeyDocument = "audit-key";

    private readonly Lock _gate = new();
    private Task? _start;

    /// <summary>The time that deadlines run by.</summary>
    public DateTimeOffset Now => storeTime.Now;

    /// <summary>Completes when the loop is ready.</summary>
    /// <exception cref="StoreException">The store cannot be reached.</exception>
    /// <exception cref="StoreMismatchException">The store belongs to another environment or key.</exception>
    public Task EnsureAsync()
    {
        var start = Volatile.Read(ref _start);
        if (start is { IsCompletedSuccessfully: true })
        {
            return start;
        }

        lock (_gate)
        {
            return _start is { IsFaulted: false, IsCanceled: false } running ? running : _start = StartAsync();
        }
    }

    private async Task StartAsync()
    {
        await StampAsync().ConfigureAwait(false);
        var key = await KeyAsync().ConfigureAwait(false);
        await stopSwitch.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var workflow in catalog.All)
        {
            // Before the first decision: what it is learnt by belongs before it in the journal.
            await learning.RecordSettingsAsync(workflow.Name, workflow.ThresholdSettings, onlyFirst: true).ConfigureAwait(false);
        }

        foreach (var webhook in webhooks)
        {
            // Before the first decision too: a webhook tells what happens from then on.
            await webhook.BeginAsync().ConfigureAwait(false);
        }

        await thresholds.RefreshAsync(CancellationToken.None).ConfigureAwait(false);
        foreach (var workflow in catalog.All)
        {
            workflow.UseKey(key);
            logger.WorkflowReady(workflow.Name, workflow.Options.Owner, workflow.Options.Mode, await DescribeAsync(workflow).ConfigureAwait(false));
        }

        if (notifications.IsSilent)
        {
            logger.NoNotifier();
        }

        if (queue is InMemoryReviewQueue)
        {
            logger.StoreForgets();
        }
    }

    private async Task<string> DescribeAsync(Workflow workflow)
    {
        var goal = workflow.Options.Threshold;
        if (goal.Policy == ThresholdPolicy.Fixed && workflow.OwnController is null)
        {
            return string.Create(CultureInfo.InvariantCulture, $"fixed threshold {workflow.Conditions.LineFor(null, null).Threshold}, which promises nothing about errors");
        }

        IReadOnlyList<StandingThreshold> live;
        try
        {
            live = await reader.ReadAsync(workflow.Name, workflow.ControllerOf, CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidOperationException unknown)
        {
            return $"reviewing everything: {unknown.Message}";
        }

        return live.Count > 0
            ? string.Join("; ", live.Select(one => one.Described(time.GetUtcNow()).Says))
            : goal.Start is { } start
                ? string.Create(CultureInfo.InvariantCulture, $"declared threshold {start:0.####}, not yet earned: every act is checked ({workflow.ThresholdSettings.Goal})")
                : $"reviewing everything: no decision was made yet ({workflow.ThresholdSettings.Goal})";
    }

    /// <summary>Test and production do not mix: the first application to use a store stamps it with its environment.</summary>
    private async Task StampAsync()
    {
        var mine = options.Value.Environment ?? environment?.EnvironmentName ?? "Production";
        var stamped = await InsertOrReadAsync(EnvironmentDocument, mine).ConfigureAwait(false);
        if (stamped != mine && !options.Value.AllowOtherEnvironment)
        {
            throw new StoreMismatchException($"The store belongs to environment '{stamped}' and this application runs in '{mine}'. Use a store of its own, or set HumanLoop:AllowOtherEnvironment to true.");
        }
    }

    /// <summary>The key of the audit draw. A configured one must be the one that the store was used with, or instances would draw differently.</summary>
    private async Task<byte[]> KeyAsync()
    {
        if (options.Value.AuditKey is not { } configured)
        {
            var stored = await InsertOrReadAsync(KeyDocument, Convert.ToBase64String(RandomNumberGenerator.GetBytes(AuditDraw.KeyLength))).ConfigureAwait(false);
            return stored.StartsWith(FingerprintPrefix, StringComparison.Ordinal)
                ? throw new StoreMismatchException("The store was used with a configured HumanLoop:AuditKey, and this application has none. Configure the same key.")
                : Convert.FromBase64String(stored);
        }

        var key = Convert.FromBase64String(configured);
        var mine = FingerprintPrefix + AuditDraw.KeyFingerprint(key);
        var known = await InsertOrReadAsync(KeyDocument, mine).ConfigureAwait(false);
        if (known != mine && (known.StartsWith(FingerprintPrefix, StringComparison.Ordinal) || known != configured))
        {
            throw new StoreMismatchException("HumanLoop:AuditKey is not the key that this store was used with. Configure that one, or leave it out if none was configured before.");
        }

        return key;
    }

    private const string FingerprintPrefix = "sha256:";

    private async Task<string> InsertOrReadAsync(string name, string value)
    {
        var document = await state.ReadAsync("", name).ConfigureAwait(false);
        if (document is null && await state.WriteAsync("", name, value, 0).ConfigureAwait(false))
        {
            return value;
        }

        return (document ?? await state.ReadAsync("", name).ConfigureAwait(false))?.Value
            ?? throw new StoreException($"The store neither took nor gave its document '{name}'.");
    }
}
