using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HumanLoop.Queues;

/// <summary>How many bytes of facts and journal the library writes for a decision when it is routed, claimed and decided: the floors write as many.</summary>
internal sealed record RowSizes(IReadOnlyList<int> Facts, IReadOnlyList<int> Bodies)
{
    public static async Task<RowSizes> ReadAsync(NpgsqlDataSource source, string connection)
    {
        await using var schema = await TemporarySchema.CreateAsync(source);
        await using var loop = new Loop(store => store.UsePostgreSql(connection, options => options.Schema = schema.Name));
        await loop.RouteAsync(1234);
        await loop.ReviewAsync("reviewer-1");
        await loop.RouteAsync(1234);
        await loop.Desk.ClaimAsync(new(), "reviewer-1");
        await loop.RouteAsync(1234);
        return new(
            await LengthsAsync($"SELECT octet_length(facts) FROM {schema.Name}.item ORDER BY version"),
            await LengthsAsync($"SELECT max(octet_length(body)) FROM {schema.Name}.journal WHERE decision <> '' GROUP BY version ORDER BY version"));

        async Task<IReadOnlyList<int>> LengthsAsync(string sql)
        {
            await using var command = source.CreateCommand(sql);
            await using var reader = await command.ExecuteReaderAsync();
            var lengths = new List<int>();
            while (await reader.ReadAsync())
            {
                lengths.Add(reader.GetInt32(0));
            }

            return lengths;
        }
    }
}
