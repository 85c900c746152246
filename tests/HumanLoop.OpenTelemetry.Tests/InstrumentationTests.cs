using System.Diagnostics;
using HumanLoop.Diagnostics;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace HumanLoop.OpenTelemetry.Tests;

public sealed class InstrumentationTests
{
    private const string Workflow = "refund";

    private static readonly string[] Instruments =
    [
        HumanLoopDiagnostics.Decisions,
        HumanLoopDiagnostics.DecisionConfidence,
        HumanLoopDiagnostics.Reviews,
        HumanLoopDiagnostics.ReviewPending,
        HumanLoopDiagnostics.ReviewOldestAge,
        HumanLoopDiagnostics.ReviewWaitDuration,
        HumanLoopDiagnostics.ReviewHandlingDuration,
        HumanLoopDiagnostics.ThresholdGauge,
        HumanLoopDiagnostics.ErrorEstimate,
        HumanLoopDiagnostics.ThresholdChanges,
        HumanLoopDiagnostics.DeadLetters,
    ];

    [Fact]
    public async Task The_spans_of_a_loop_arrive_and_the_verdicts_links_to_the_decisions()
    {
        var spans = new List<Activity>();
        using (var tracing = Sdk.CreateTracerProviderBuilder().AddHumanLoopInstrumentation().AddInMemoryExporter(spans).Build())
        {
            await RunLoopAsync(_ => Task.CompletedTask);
        }

        var decides = spans.Where(span => span.OperationName == "humanloop.decide").ToArray();
        var reviews = spans.Where(span => span.OperationName == "humanloop.review").ToArray();
        Assert.Equal(4, spans.Count);
        Assert.All(spans, span => Assert.Equal(Workflow, span.GetTagItem(HumanLoopDiagnostics.WorkflowTag)));
        Assert.Equal(["audit", "review"], decides.Select(span => span.GetTagItem(HumanLoopDiagnostics.RouteTag)));
        Assert.Equal(["audit_draw", "below_threshold"], decides.Select(span => span.GetTagItem(HumanLoopDiagnostics.ReasonTag)));

        // A link, not a child: the verdict belongs to no call that is still open.
        Assert.Equal(
            decides.Select(span => span.SpanId.ToHexString()).Order(StringComparer.Ordinal),
            reviews.Select(span => Assert.Single(span.Links).Context.SpanId.ToHexString()).Order(StringComparer.Ordinal));
        Assert.Empty(decides.Select(span => span.TraceId).Intersect(reviews.Select(span => span.TraceId)));
    }

    [Fact]
    public async Task Every_instrument_of_a_loop_arrives_with_unit_and_description()
    {
        var metrics = new List<Metric>();
        using var metering = Sdk.CreateMeterProviderBuilder().AddHumanLoopInstrumentation().AddInMemoryExporter(metrics).Build();
        await RunLoopAsync(async configuration =>
        {
            // The threshold in force is told at each sweep; once it has moved, its change is counted.
            await UntilAsync(() => Seen(HumanLoopDiagnostics.ThresholdGauge));
            configuration["HumanLoop:Workflows:refund:Threshold:Value"] = "0.8";
            configuration.Reload();
            await UntilAsync(() => Seen(HumanLoopDiagnostics.ThresholdChanges));
        });

        Assert.True(metering.ForceFlush());
        var seen = metrics.GroupBy(metric => metric.Name).ToDictionary(group => group.Key, group => group.Last());
        Assert.Equal(Instruments.Order(StringComparer.Ordinal), seen.Keys.Order(StringComparer.Ordinal));
        Assert.All(seen.Values, metric =>
        {
            Assert.NotEmpty(metric.Unit);
            Assert.NotEmpty(metric.Description);
        });
        Assert.Equal("{decision}", seen[HumanLoopDiagnostics.Decisions].Unit);
        Assert.Equal("s", seen[HumanLoopDiagnostics.ReviewWaitDuration].Unit);
        Assert.Equal(2, Sum(seen[HumanLoopDiagnostics.Decisions]));
        Assert.Equal(2, Sum(seen[HumanLoopDiagnostics.Reviews]));

        bool Seen(string name)
        {
            metrics.Clear();
            metering.ForceFlush();
            return metrics.Any(metric => metric.Name == name);
        }
    }

    /// <summary>One decision that acts and is checked, and one that waits for a verdict.</summary>
    private static async Task RunLoopAsync(Func<IConfigurationRoot, Task> meanwhile)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HumanLoop:PollInterval"] = "00:00:00.0100000",
            ["HumanLoop:Workflows:refund:Owner"] = "ops-lead@example.com",
            ["HumanLoop:Workflows:refund:Metric:Name"] = "refunds without a human",
            ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.6",
            ["HumanLoop:Workflows:refund:Threshold:Policy"] = "Fixed",
            ["HumanLoop:Workflows:refund:Threshold:Value"] = "0.9",
            ["HumanLoop:Workflows:refund:Threshold:AuditBudget"] = "1",
        });
        builder.Services.AddHumanLoop().UseInMemory().AddWorkflow<Refund>(Workflow, refund => refund.UseHandler((_, _) => Task.CompletedTask));
        using var host = builder.Build();
        await host.StartAsync();
        var router = host.Services.GetRequiredService<IDecisionRouter<Refund>>();
        var desk = host.Services.GetRequiredService<IReviewDesk>();

        Assert.Equal(RouteKind.Audit, (await router.RouteAsync(new(new Refund(10)) { Confidence = 0.95 })).Route.Kind);
        Assert.Equal(RouteKind.Review, (await router.RouteAsync(new(new Refund(20)) { Confidence = 0.5 })).Route.Kind);
        await DecideNextAsync(desk, new Verdict.Rejected());
        await meanwhile((IConfigurationRoot)host.Services.GetRequiredService<IConfiguration>());
        await DecideNextAsync(desk, new Verdict.Approved());
        await host.StopAsync();
    }

    private static async Task DecideNextAsync(IReviewDesk desk, Verdict verdict)
    {
        var review = Assert.Single(await desk.ClaimAsync(new(), "ann"));
        Assert.True((await desk.DecideAsync(review.Id, review.Revision, verdict, "ann")).IsApplied);
    }

    private static async Task UntilAsync(Func<bool> happened)
    {
        for (var deadline = TimeProvider.System.GetTimestamp(); !happened();)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(deadline) < TimeSpan.FromSeconds(30), "It has not happened within 30 seconds.");
            await Task.Delay(20);
        }
    }

    private static long Sum(Metric metric)
    {
        long sum = 0;
        foreach (var point in metric.GetMetricPoints())
        {
            sum += point.GetSumLong();
        }

        return sum;
    }

    private sealed record Refund(decimal Amount);
}
