using HumanLoop.Queueing;

namespace HumanLoop.Sqlite;

/// <summary>Moves one item on, if its rule allows it.</summary>
internal sealed class ApplyOperation(Transition transition, long? expectedRevision, TimeProvider time)
{
    public TransitionResult Run(SqliteSession session)
    {
        var now = time.GetUtcNow();
        if (session.Workflows.Find(transition.Workflow) is not { } workflow || session.Items.Find(workflow, transition.DecisionId) is not { } item)
        {
            return TransitionResult.NotFound;
        }

        var result = transition.ApplyTo(item, expectedRevision, now);
        TransitionWriter.Write(session, workflow, item, result, now);
        return result;
    }
}
