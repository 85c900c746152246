using System.Security.Cryptography;
using HumanLoop.Journaling;
using HumanLoop.Routing;
using HumanLoop.Running;
using Microsoft.Extensions.Options;

namespace HumanLoop.Hosting;

/// <summary>Gives workflows the key of the audit draw. A configured one must be the one that the store was used with, or instances would draw
/// differently.</summary>
internal sealed class AuditKey(IEnumerable<Workflow> workflows, IWorkflowState state, IOptions<HumanLoopOptions> options) : IStartTask
{
    private const string Document = "audit-key";
    private const string FingerprintPrefix = "sha256:";

    public async Task StartAsync()
    {
        var key = await ReadAsync().ConfigureAwait(false);
        foreach (var workflow in workflows)
        {
            workflow.UseKey(key);
        }
    }

    private async Task<byte[]> ReadAsync()
    {
        if (options.Value.AuditKey is not { } configured)
        {
            var stored = await StoreDocument.InsertOrReadAsync(state, Document, Convert.ToBase64String(RandomNumberGenerator.GetBytes(AuditDraw.KeyLength))).ConfigureAwait(false);
            return stored.StartsWith(FingerprintPrefix, StringComparison.Ordinal)
                ? throw new StoreMismatchException("The store was used with a configured HumanLoop:AuditKey, and this application has none. Configure the same key.")
                : Convert.FromBase64String(stored);
        }

        var key = Convert.FromBase64String(configured);
        var mine = FingerprintPrefix + AuditDraw.KeyFingerprint(key);
        var known = await StoreDocument.InsertOrReadAsync(state, Document, mine).ConfigureAwait(false);
        if (known != mine && (known.StartsWith(FingerprintPrefix, StringComparison.Ordinal) || known != configured))
        {
            throw new StoreMismatchException("HumanLoop:AuditKey is not the key that this store was used with. Configure that one, or leave it out if none was configured before.");
        }

        return key;
    }
}
