using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HumanLoop.Webhooks;

/// <summary>When a message that could not be delivered is sent again: growing pauses over three days, as Standard Webhooks recommends.</summary>
/// <remarks>The pauses of seconds are Polly's, within one delivery. These survive the process: they are times in the outbox.</remarks>
internal static class WebhookSchedule
{
    private static readonly TimeSpan[] Pauses =
    [
        TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(5), TimeSpan.FromHours(10), TimeSpan.FromHours(14), TimeSpan.FromHours(20), TimeSpan.FromHours(24),
    ];

    private static readonly TimeSpan[] Probes = [TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30)];

    /// <summary>What happened longer ago is no news any more.</summary>
    public static TimeSpan Horizon { get; } = TimeSpan.FromDays(4);

    /// <summary>The pause after a number of failed deliveries, a fifth shorter or longer so that messages do not come back all at once; null when it is time to
    /// give up.</summary>
    public static TimeSpan? After(int failures, string id) =>
        failures > Pauses.Length ? null : Pauses[failures - 1] * (0.8 + (0.4 * Chance(id, failures)));

    /// <summary>How long after a failure a message that was never sent may try a receiver that does not answer.</summary>
    public static TimeSpan Probe(int failures) => failures == 0 ? TimeSpan.Zero : Probes[Math.Min(failures, Probes.Length) - 1];

    private static double Chance(string id, int failures) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}/{failures}")))) / (double)uint.MaxValue;
}
