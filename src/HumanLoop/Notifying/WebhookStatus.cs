using System.Security.Cryptography;
using System.Text;

namespace HumanLoop.Notifying;

/// <summary>How one webhook does, by what its processes have stored. Immutable.</summary>
public sealed record WebhookStatus
{
    private static readonly TimeSpan Passing = TimeSpan.FromMinutes(5);

    /// <summary>The name that <c>AddWebhook</c> gave it.</summary>
    public required string Name { get; init; }

    /// <summary>The host that messages go to. Not the whole address, which may hold a secret.</summary>
    public required string Host { get; init; }

    /// <summary>How many messages the receiver has not taken yet; those that still gather are not counted.</summary>
    public int Undelivered { get; init; }

    /// <summary>When a message was last delivered; <see langword="null"/> when none ever was.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Since when deliveries fail; <see langword="null"/> when they do not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>What was the matter with the last one: a status such as <c>503</c>, or <c>timeout</c>, <c>connection</c>, <c>name_resolution</c>, <c>tls</c>, <c>http</c>, <c>private_address</c>.</summary>
    public string? LastFailure { get; init; }

    /// <summary>How many messages were given up, after three days each, since one was delivered.</summary>
    public int GivenUp { get; init; }

    /// <summary>When the receiver answered 410 and the webhook was disabled; <see langword="null"/> when it is enabled. See <see cref="IWebhookControl.EnableAsync"/>.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>What is wrong with changed settings that are therefore not in force; <see langword="null"/> when nothing is.</summary>
    public string? SettingsProblem { get; init; }

    /// <summary>An address without what may be secret in it.</summary>
    internal static string Fingerprint(string url) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(url)))[..16];

    /// <summary>What the owner should do something about; null for nothing.</summary>
    internal string? Problem(DateTimeOffset now) =>
        SettingsProblem is { } settings ? $"the changed settings of webhook '{Name}' are refused: {settings}"
        : DisabledAt is { } disabled ? $"webhook '{Name}' is disabled since {disabled:u}, for its receiver answered 410; enable it with IWebhookControl.EnableAsync"
        : FailingSince is { } since && now - since >= Passing ? $"webhook '{Name}' has delivered nothing since {since:u} ({LastFailure}); {Undelivered} messages wait, {GivenUp} were given up"
        : null;
}
