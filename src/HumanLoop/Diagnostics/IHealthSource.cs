namespace HumanLoop.Diagnostics;

/// <summary>A part of the application that can tell what is wrong with it although it works.</summary>
/// <remarks>Register it as a singleton; HumanLoop's health check asks all of them. Safe for concurrent use.</remarks>
/// <example>
/// <code>
/// internal sealed class MailboxHealth(IMailbox mailbox) : IHealthSource
/// {
///     public async ValueTask&lt;IReadOnlyList&lt;string&gt;&gt; FindProblemsAsync(CancellationToken cancellationToken) =>
///         await mailbox.IsFullAsync(cancellationToken) ? ["the mailbox is full: archive it"] : [];
/// }
/// </code>
/// </example>
public interface IHealthSource
{
    /// <summary>Looks for problems.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <returns>What an operator should mend, each with the mend where there is one; empty when all is well.</returns>
    /// <exception cref="HumanLoopException">It cannot be told, because the store does not answer.</exception>
    ValueTask<IReadOnlyList<string>> FindProblemsAsync(CancellationToken cancellationToken = default);
}
