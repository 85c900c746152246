using Npgsql;
using NpgsqlTypes;

namespace HumanLoop.Queues;

/// <summary>The floor of reviewing on PostgreSQL: one statement and one commit for a claim and for a verdict, with the rows and bytes that the library writes.</summary>
internal sealed class PostgreSqlReviewFloor(NpgsqlDataSource source, string schema, RowSizes sizes)
{
    private const int Claimed = 1;
    private const int Settled = 5;

    /// <summary>One claimer, many items a claim, until none is left.</summary>
    public async Task<Sample> ClaimAsync(int items)
    {
        await using var connection = await source.OpenConnectionAsync();
        await using var claim = await ClaimOf(connection);
        return await Callers.RunAsync(1, Callers.Usual, async _ => (await ClaimAsync(claim, items)).Count);
    }

    /// <summary>Reviewers with connections of their own, who claim one item and settle it.</summary>
    public async Task<Sample> ReviewAsync(int reviewers)
    {
        var connections = await Task.WhenAll(Enumerable.Range(0, reviewers).Select(_ => source.OpenConnectionAsync().AsTask()));
        var claims = await Task.WhenAll(connections.Select(ClaimOf));
        var verdicts = await Task.WhenAll(connections.Select(VerdictOf));
        var sample = await Callers.RunAsync(reviewers, Callers.Usual, async reviewer =>
        {
            if (await ClaimAsync(claims[reviewer], 1) is not [var sequence])
            {
                return 0;
            }

            verdicts[reviewer].Parameters[2].Value = sequence;
            return await verdicts[reviewer].ExecuteScalarAsync() is long ? 1 : throw new InvalidOperationException("Somebody else has settled it.");
        });
        foreach (var command in claims.Concat(verdicts))
        {
            await command.DisposeAsync();
        }

        foreach (var connection in connections)
        {
            await connection.DisposeAsync();
        }

        return sample;
    }

    private static async Task<List<long>> ClaimAsync(NpgsqlCommand claim, int items)
    {
        claim.Parameters[2].Value = (long)items;
        var claimed = new List<long>();
        await using var reader = await claim.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            claimed.Add(reader.GetInt64(0));
        }

        return claimed;
    }

    private Task<NpgsqlCommand> ClaimOf(NpgsqlConnection connection) => PrepareAsync(
        connection,
        1,
        $"""
        WITH taken AS (SELECT sequence, facts FROM {schema}.item WHERE lane = 0 AND workflow = 1 AND slot = '' ORDER BY rank, due, sequence LIMIT $3 FOR NO KEY UPDATE SKIP LOCKED),
        {Changed($"state = {Claimed}, wake_at = 7, lane = NULL")}
        SELECT c.sequence, c.version, t.facts, p.proposal FROM changed c JOIN taken t USING (sequence) JOIN {schema}.payload p USING (sequence)
        """);

    private Task<NpgsqlCommand> VerdictOf(NpgsqlConnection connection) => PrepareAsync(
        connection,
        2,
        $"""
        WITH taken AS (SELECT sequence FROM {schema}.item WHERE sequence = $3 AND version = 2 FOR NO KEY UPDATE),
        {Changed($"state = {Settled}, wake_at = NULL, closed_at = 7, awaited = false")}
        SELECT sequence FROM changed
        """);

    private string Changed(string set) => $"""
        changed AS (UPDATE {schema}.item i SET version = version + 1, {set}, facts = $1 FROM taken WHERE i.sequence = taken.sequence RETURNING i.sequence, i.decision, i.version),
        journaled AS (INSERT INTO {schema}.journal SELECT nextval('{schema}.position'), clock_timestamp(), 1, decision, version, $2 FROM changed)
        """;

    private async Task<NpgsqlCommand> PrepareAsync(NpgsqlConnection connection, int step, string sql)
    {
        var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = new string('x', sizes.Facts[step]) });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Text, Value = new string('x', sizes.Bodies[step]) });
        command.Parameters.Add(new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = 0L });
        await command.PrepareAsync();
        return command;
    }
}
