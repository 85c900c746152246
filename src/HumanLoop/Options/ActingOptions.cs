namespace HumanLoop;

/// <summary>How the handler is called.</summary>
public sealed class ActingOptions
{
    /// <summary>How long one attempt may take.</summary>
    /// <value>From 1 millisecond to 1 day; the default is 30 seconds.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a failed attempt is repeated before it is a dead letter.</summary>
    /// <value>From 0 to 100; the default is 5.</value>
    public int Retries { get; set; } = 5;

    /// <summary>Whether repeating an attempt under the same key is harmless. If not, an attempt that ended unknown goes back to a person.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Idempotent { get; set; } = true;
}
