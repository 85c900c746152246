namespace HumanLoop.PostgreSql;

/// <summary>Reads items for many callers in one statement, so that they neither take a connection each nor go to the server one by one.</summary>
internal sealed class GetBatch(Database database)
{
    public async Task ReadAsync(Session session, IReadOnlyList<GetOperation> operations)
    {
        var known = new List<(GetOperation Operation, int Workflow)>();
        foreach (var operation in operations)
        {
            operation.Answer = null;
            if (await database.Workflows.FindAsync(session, operation.Workflow).ConfigureAwait(false) is { } number)
            {
                known.Add((operation, number));
            }
        }

        if (known.Count == 0)
        {
            return;
        }

        session.Add(session.Sql.Find, Parameters.Of([.. known.Select(one => one.Workflow)]), Parameters.Of([.. known.Select(one => (string?)one.Operation.DecisionId.Value)]));
        foreach (var (place, item) in await session.ReadAsync(ItemRows.ReadFound).ConfigureAwait(false))
        {
            known[place - 1].Operation.Answer = item;
        }
    }
}
