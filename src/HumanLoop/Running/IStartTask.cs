namespace HumanLoop.Running;

/// <summary>Work that has to be done before the loop takes its first decision.</summary>
/// <remarks>
/// Register it as a singleton; tasks run one after the other in the order of their registration. A start that failed is tried again by
/// the next call, so a task must bear being run again.
/// </remarks>
/// <example>
/// <code>
/// internal sealed class OpenMailbox(IMailbox mailbox) : IStartTask
/// {
///     public Task StartAsync() => mailbox.OpenAsync();
/// }
///
/// builder.Services.AddSingleton&lt;IStartTask, OpenMailbox&gt;();
/// </code>
/// </example>
public interface IStartTask
{
    /// <summary>Does the work.</summary>
    /// <returns>When it is done.</returns>
    /// <exception cref="StoreException">The store does not answer; the start is tried again.</exception>
    /// <exception cref="StoreMismatchException">Only a person can mend it; the host does not start.</exception>
    Task StartAsync();
}
