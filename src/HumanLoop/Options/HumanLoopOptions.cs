namespace HumanLoop;

/// <summary>Settings of the whole application, bound from <c>HumanLoop</c>.</summary>
public sealed class HumanLoopOptions
{
    /// <summary>The environment's name, stamped into the store: a store of another environment is refused.</summary>
    /// <value>The default, <see langword="null"/>, is the host's environment name, or <c>Production</c> without a host.</value>
    public string? Environment { get; set; }

    /// <summary>Lets this application use a store that is stamped with another environment's name.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool AllowOtherEnvironment { get; set; }

    /// <summary>The secret key of the audit draw. No caller who makes decisions may know it.</summary>
    /// <value>16 bytes as Base64; the default, <see langword="null"/>, is a random key kept in the store.</value>
    public string? AuditKey { get; set; }

    /// <summary>How often the store is asked for due work when nothing has signalled any.</summary>
    /// <value>From 10 milliseconds to 1 minute; the default is 1 second.</value>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many effects of the dispatcher run at once in this process.</summary>
    /// <value>From 1 to 1,000; the default is 16.</value>
    public int MaxConcurrentActs { get; set; } = 16;
}
