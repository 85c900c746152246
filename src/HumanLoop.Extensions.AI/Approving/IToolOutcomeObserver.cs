namespace HumanLoop.Extensions.AI;

/// <summary>Hears what became of parked tool calls, hours or days after the conversation went on without them.</summary>
/// <remarks>Register any number in the services. At least once: an observer that throws makes the attempt fail, and tool and observers are called again under
/// the same key.</remarks>
public interface IToolOutcomeObserver
{
    /// <summary>Hears of one call.</summary>
    /// <param name="outcome">What became of it.</param>
    /// <param name="cancellationToken">Cancelled at the workflow's <c>Acting:Timeout</c> and at shutdown.</param>
    /// <returns>When it has been taken note of.</returns>
    Task ObserveAsync(ToolOutcome outcome, CancellationToken cancellationToken);
}
