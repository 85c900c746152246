namespace HumanLoop.Notifying;

/// <summary>How one channel does, by what its processes have stored. Immutable.</summary>
public sealed record ChannelStatus
{
    /// <summary>The channel's name.</summary>
    public required string Name { get; init; }

    /// <summary>The host that messages go to. Not the whole address, which may hold a secret.</summary>
    public required string Host { get; init; }

    /// <summary>How many messages the receiver has not taken yet; those that still gather are not counted.</summary>
    public int Undelivered { get; init; }

    /// <summary>When a message was last delivered; <see langword="null"/> when none ever was.</summary>
    public DateTimeOffset? DeliveredAt { get; init; }

    /// <summary>Since when deliveries fail; <see langword="null"/> when they do not.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    /// <summary>What was the matter with the last one: a status such as <c>503</c>, or <c>timeout</c>, <c>connection</c>, <c>name_resolution</c>, <c>tls</c>,
    /// <c>http</c>, <c>private_address</c>.</summary>
    public string? LastFailure { get; init; }

    /// <summary>How many messages were given up, after three days each, since one was delivered.</summary>
    public int GivenUp { get; init; }

    /// <summary>When the receiver refused for good (a webhook's by 410) and the channel was disabled; <see langword="null"/> when it is enabled. See
    /// <see cref="INotificationChannel.EnableAsync"/>.</summary>
    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>What is wrong with changed settings that are therefore not in force; <see langword="null"/> when nothing is.</summary>
    public string? SettingsProblem { get; init; }
}
