using HumanLoop.Queueing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace HumanLoop.PostgreSql.Tests;

/// <summary>Decisions in the caller's transaction, and effects in the library's.</summary>
[Collection(ServerTests.Name)]
[Trait("Category", "Server")]
public sealed class TransactionTests
{
    private readonly string _schema = Server.NewSchema();

    [PostgresFact]
    public async Task Decision_and_business_row_commit_together_and_the_dispatcher_acts()
    {
        using var host = await StartAsync();
        var (router, source) = Parts(host);
        foreach (var (id, commits) in ((string, bool)[])[("kept", true), ("dropped", false)])
        {
            await using var connection = await source.OpenConnectionAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await using var order = new NpgsqlCommand($"INSERT INTO {_schema}.orders VALUES ('{id}')", connection, transaction);
            await order.ExecuteNonQueryAsync();
            var receipt = await router.RouteAsync(new Decision<Order>(new(12)) { Id = id, Confidence = 0.99 }, transaction);
            Assert.Equal((RoutingStatus.Recorded, RouteKind.StraightThrough), (receipt.Status, receipt.Route.Kind));
            var again = await router.RouteAsync(new Decision<Order>(new(12)) { Id = id, Confidence = 0.99 }, transaction);
            Assert.Equal(RoutingStatus.AlreadyRecorded, again.Status);
            Assert.Equal(0L, Server.Cluster.Ask($"SELECT count(*) FROM {_schema}.paid"));
            if (commits)
            {
                await transaction.CommitAsync();
                await SettledAsync(host, id);
                Server.Cluster.Execute($"DELETE FROM {_schema}.paid");
            }
        }

        Assert.Equal(1L, Server.Cluster.Ask($"SELECT count(*) FROM {_schema}.orders"));
        Assert.Null(await host.Services.GetRequiredService<IReviewQueue>().GetAsync("orders", "dropped"));
    }

    [PostgresFact]
    public async Task An_effect_that_fails_leaves_nothing_and_one_that_succeeds_happens_once()
    {
        using var host = await StartAsync();
        var (router, _) = Parts(host);
        await router.RouteAsync(new(new Order(PayOrder.FailsOnce)) { Id = "a", Confidence = 0.99 });
        await SettledAsync(host, "a");
        Assert.Equal(2, PayOrder.Attempts);
        Assert.Equal(1L, Server.Cluster.Ask($"SELECT count(*) FROM {_schema}.paid WHERE key = 'orders/a/act'"));
    }

    [PostgresFact]
    public async Task An_effect_whose_lease_was_lost_is_rolled_back()
    {
        using var host = await StartAsync();
        var (router, _) = Parts(host);
        var store = (PostgreSqlStore)host.Services.GetRequiredService<IReviewQueue>();
        await router.RouteAsync(new(new Order(1)) { Id = "a", Confidence = 0.5 });
        await store.ApplyAsync(new WithdrawDecision("orders", "a", "mistake"), null);
        var result = await store.Transactions.CompleteAsync(
            async (transaction, token) =>
            {
                await using var pay = new NpgsqlCommand($"INSERT INTO {_schema}.paid VALUES ('zombie')", transaction.Connection, transaction);
                await pay.ExecuteNonQueryAsync(token);
            },
            new CompleteEffect("orders", "a", "key") { Actor = "nobody" },
            1,
            CancellationToken.None);
        Assert.False(result.IsApplied);
        Assert.Equal(0L, Server.Cluster.Ask($"SELECT count(*) FROM {_schema}.paid"));
    }

    [PostgresFact]
    public async Task A_transaction_with_an_older_view_is_refused()
    {
        using var host = await StartAsync();
        var (router, source) = Parts(host);
        await using var connection = await source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(async () => await router.RouteAsync(new Decision<Order>(new(1)), transaction));
        Assert.Contains("ReadCommitted", refused.Message, StringComparison.Ordinal);
    }

    [PostgresFact]
    public async Task Another_process_hears_of_work_without_waiting_for_its_poll()
    {
        await using var one = Server.Open(_schema, TimeProvider.System);
        await using var other = Server.Open(_schema, TimeProvider.System);
        await one.EnqueueAsync(Work.Review("a"));

        // The first answer only says that it listens now.
        await other.WaitForChangeAsync(CancellationToken.None);
        var hint = other.WaitForChangeAsync(CancellationToken.None);
        Assert.False(hint.IsCompleted);
        await one.ApplyAsync(Work.Verdict("a", "ann") with { NeedsLease = false }, null);
        await hint.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private static (IDecisionRouter<Order> Router, NpgsqlDataSource Source) Parts(IHost host) =>
        (host.Services.GetRequiredService<IDecisionRouter<Order>>(), host.Services.GetRequiredService<NpgsqlDataSource>());

    private static async Task SettledAsync(IHost host, string id)
    {
        var queue = host.Services.GetRequiredService<IReviewQueue>();
        for (var wait = 0; (await queue.GetAsync("orders", id))?.State != DecisionState.Settled; wait++)
        {
            Assert.True(wait < 1_000, "It did not settle.");
            await Task.Delay(20);
        }
    }

    private async Task<IHost> StartAsync()
    {
        PayOrder.Attempts = 0;
        PayOrder.Schema = _schema;
        Server.Cluster.Execute(Schema.Script(_schema, 0) + $"CREATE TABLE {_schema}.orders (id text); CREATE TABLE {_schema}.paid (key text PRIMARY KEY)");
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:AuditKey"] = "AAECAwQFBgcICQoLDA0ODw==", // a key by which none of the tests' ids is drawn
            ["HumanLoop:Workflows:orders:Threshold:AuditBudget"] = "0.01",
            ["HumanLoop:Workflows:orders:Owner"] = "ops@example.com",
            ["HumanLoop:Workflows:orders:Metric:Name"] = "orders without a human",
            ["HumanLoop:Workflows:orders:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:orders:Threshold:Policy"] = "Fixed",
            ["HumanLoop:Workflows:orders:Threshold:Value"] = "0.9",
        });
        builder.Services.AddSingleton(NpgsqlDataSource.Create(Server.Cluster.ConnectionString()));
        builder.Services.AddHumanLoop()
            .UsePostgreSql(NpgsqlDataSource.Create(Server.Cluster.ConnectionString()), options => (options.Schema, options.AllowDataLoss) = (_schema, true))
            .AddWorkflow<Order>("orders", orders => orders.UseTransactionalHandler<Order, PayOrder>());
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }

    public sealed record Order(int Amount);

    public sealed class PayOrder : ITransactionalDecisionHandler<Order>
    {
        public const int FailsOnce = 13;

        public static int Attempts { get; set; }

        public static string Schema { get; set; } = "";

        public async Task ActAsync(Resolution<Order> resolution, NpgsqlTransaction transaction, CancellationToken cancellationToken)
        {
            ArgumentNullException.ThrowIfNull(resolution);
            ArgumentNullException.ThrowIfNull(transaction);
            Attempts++;
            await using var pay = new NpgsqlCommand($"INSERT INTO {Schema}.paid VALUES ($1)", transaction.Connection, transaction) { Parameters = { new() { Value = resolution.IdempotencyKey } } };
            await pay.ExecuteNonQueryAsync(cancellationToken);
            if (resolution.Proposal.Amount == FailsOnce && Attempts == 1)
            {
                throw new InvalidOperationException("The first attempt fails after its effect.");
            }
        }
    }
}
