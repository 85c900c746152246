using HumanLoop.Journaling;
using HumanLoop.Queueing;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HumanLoop.Tests.Registration;

public class BuilderTests
{
    [Fact]
    public async Task Without_a_store_the_error_names_the_choices()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddHumanLoop().AddWorkflow<Refund>("refund", refund => refund.Configure(Required));
        using var host = builder.Build();

        var missing = await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync());

        foreach (var choice in new[] { "UseSqlite", "UseInMemory", "UseQueue" })
        {
            Assert.Contains(choice, missing.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_queue_without_a_journal_says_how_to_choose_one()
    {
        var services = new ServiceCollection();
        services.AddHumanLoop().UseQueue<QueueAlone>();
        using var provider = services.BuildServiceProvider();

        Assert.Contains("UseJournal", Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<IDecisionJournal>()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_workflows_of_one_type_are_told_apart_by_key_and_the_error_without_one_says_how()
    {
        var services = new ServiceCollection();
        services.AddHumanLoop().UseInMemory()
            .AddWorkflow<Refund>("refund", refund => refund.Configure(Required))
            .AddWorkflow<Refund>("voucher", voucher => voucher.Configure(Required))
            .AddWorkflow<string>("greeting", greeting => greeting.Configure(Required));
        await using var provider = services.BuildServiceProvider();

        var refunds = provider.GetRequiredKeyedService<IDecisionRouter<Refund>>("refund");
        var vouchers = provider.GetRequiredKeyedService<IDecisionRouter<Refund>>("voucher");
        Assert.Equal("refund", (await refunds.RouteAsync(TestLoop.Decision("1"))).Workflow);
        Assert.Equal("voucher", (await vouchers.RouteAsync(TestLoop.Decision("1"))).Workflow);
        Assert.NotNull(provider.GetRequiredService<IDecisionRouter<string>>());
        var ambiguous = Assert.Throws<InvalidOperationException>(() => provider.GetRequiredService<IDecisionRouter<Refund>>());
        Assert.Contains("refund, voucher", ambiguous.Message, StringComparison.Ordinal);
        Assert.Contains("[FromKeyedServices(\"refund\")] IDecisionRouter<Refund>", ambiguous.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("refund", "was added before")]
    [InlineData("Refund", "upper and lower case")]
    [InlineData("", "1 to 64")]
    [InlineData("1refund", "beginning with a letter")]
    [InlineData("re fund", "not 're fund'")]
    [InlineData("re/fund", "not 're/fund'")]
    [InlineData("ré", "not 'ré'")]
    public void A_name_that_is_taken_or_not_allowed_is_refused(string name, string says)
    {
        var builder = new ServiceCollection().AddHumanLoop().AddWorkflow<Refund>("refund");

        Assert.Contains(says, Assert.Throws<ArgumentException>(() => builder.AddWorkflow<Refund>(name)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => builder.AddWorkflow<Refund>(new string('a', 65)));
        Assert.Throws<ArgumentException>(() => builder.AddWorkflow<Refund>(null!));
    }

    [Fact]
    public async Task It_works_without_a_host_without_configuration_and_without_logging()
    {
        var services = new ServiceCollection();
        var acted = new List<string>();
        services.AddHumanLoop().UseInMemory().AddWorkflow<Refund>("refund", refund => refund
            .Configure(Required)
            .Configure(options =>
            {
                (options.Threshold.Policy, options.Threshold.Value) = (ThresholdPolicy.Fixed, 0.9);
                options.Threshold.AuditBudget = 0.01;
            })
            .UseHandler((resolution, _) =>
            {
                acted.Add(resolution.IdempotencyKey);
                return Task.CompletedTask;
            }));
        await using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });
        var router = provider.GetRequiredService<IDecisionRouter<Refund>>();

        var sure = await router.RouteAsync(TestLoop.Decision("sure"));
        var unsure = await router.RouteAsync(TestLoop.Decision("unsure", 0.1));

        Assert.True(sure.Route.ActsAtOnce);
        Assert.Equal(RouteKind.Review, unsure.Route.Kind);
        Assert.Equal(["refund/sure/act"], acted);
        Assert.Single(await provider.GetRequiredService<IReviewDesk>().ClaimAsync(new(), "ana"));
    }

    [Fact]
    public async Task In_a_host_everything_starts_and_stops_with_it()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Staging" });
        builder.ConfigureContainer(new DefaultServiceProviderFactory(new() { ValidateOnBuild = true, ValidateScopes = true }));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:PollInterval"] = "00:00:00.0100000",
            ["HumanLoop:Workflows:refund:Owner"] = "ops-lead@example.com",
            ["HumanLoop:Workflows:refund:Metric:Name"] = "m",
            ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.5",
            ["HumanLoop:Workflows:refund:Threshold:MaxErrorRate"] = "0.05",
        });
        var handler = new RecordingHandler();
        builder.Services.AddSingleton(handler);
        builder.Services.AddHumanLoop().UseInMemory().AddWorkflow<Refund>("refund", refund => refund.UseHandler<RecordingHandler>());
        using var host = builder.Build();
        await host.StartAsync();
        var router = host.Services.GetRequiredService<IDecisionRouter<Refund>>();

        await router.RouteAsync(TestLoop.Decision("r-1", 1));
        await host.Services.GetRequiredService<IReviewDesk>().DecideAsync(new("refund", "r-1"), new Verdict.Approved(), "ana");
        await router.WaitForVerdictAsync("r-1");

        for (var i = 0; i < 2000 && handler.Calls.Count == 0; i++)
        {
            await Task.Delay(5);
        }

        Assert.Equal(["refund/r-1/act"], handler.Keys);
        Assert.Equal("Staging", (await host.Services.GetRequiredService<IWorkflowState>().ReadAsync("", "environment"))!.Value);
        await host.StopAsync();
    }

    [Fact]
    public void Adding_it_twice_adds_nothing_twice()
    {
        var services = new ServiceCollection();
        services.AddHumanLoop();
        var count = services.Count;

        services.AddHumanLoop();

        Assert.Equal(count, services.Count);
    }

    [Fact]
    public async Task A_workflow_with_source_generated_JSON_needs_no_reflection()
    {
        var services = new ServiceCollection();
        services.AddHumanLoop().UseInMemory().AddWorkflow("refund", RefundJson.Default.Refund, refund => refund.Configure(Required));
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IDecisionRouter<Refund>>().RouteAsync(TestLoop.Decision("r-1"));

        var review = (await provider.GetRequiredService<IReviewDesk>().GetAsync(new("refund", "r-1")))!;
        Assert.Equal("Ada", review.Proposal!.Value.GetProperty("Customer").GetString());
    }

    private static void Required(WorkflowOptions options)
    {
        options.Owner = "ops-lead@example.com";
        (options.Metric.Name, options.Metric.AtLeast) = ("m", 0.5);
        options.Threshold.MaxErrorRate = 0.05;
    }

    private sealed class QueueAlone : IReviewQueue
    {
        public ValueTask<TransitionResult> ApplyAsync(Transition transition, long? expectedRevision, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<WorkItem>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<EnqueueResult>> EnqueueAsync(IReadOnlyList<NewWork> batch, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<WorkItem?> GetAsync(string workflow, DecisionId decisionId, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<WorkPage> ListAsync(ListRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<IReadOnlyList<QueueMeasure>> MeasureAsync(CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<SweepResult> SweepAsync(SweepRequest request, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
