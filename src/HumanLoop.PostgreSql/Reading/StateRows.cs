using HumanLoop.Journaling;

namespace HumanLoop.PostgreSql;

/// <summary>The small documents that all processes share, as rows.</summary>
internal static class StateRows
{
    public static async Task<StateDocument?> ReadAsync(Session session, int workflow, string name)
    {
        session.Add(session.Sql.ReadState, Parameters.Of(workflow), Parameters.Of(name));
        return (await session.ReadAsync(row => new StateDocument(row.GetString(0), row.GetInt64(1))).ConfigureAwait(false)).FirstOrDefault();
    }
}
