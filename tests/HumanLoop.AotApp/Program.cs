using System.Text.Json;
using HumanLoop;
using HumanLoop.AotApp;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

// The whole loop as native code: route, review, correct, act, check, compensate, and the same again from the file after a restart.
var file = Path.Combine(Path.GetTempPath(), $"humanloop-aot-{Environment.ProcessId}.db");
var payments = new Payments();
try
{
    using (var host = Start())
    {
        await host.StartAsync();
        var router = host.Services.GetRequiredService<IDecisionRouter<Refund>>();
        var desk = host.Services.GetRequiredService<IReviewDesk>();

        Require(RouteKind.Audit, (await router.RouteAsync(Decision("sure", 10, 0.97))).Route.Kind);
        Require(RouteKind.Review, (await router.RouteAsync(Decision("unsure", 20, 0.50))).Route.Kind);
        Require(RouteKind.Review, (await router.RouteAsync(Decision("unscored", 30, null))).Route.Kind);
        Require("large_amount", (await router.RouteAsync(Decision("large", 5000, 0.99))).Route.Reason);
        Require(RoutingStatus.AlreadyRecorded, (await router.RouteAsync(Decision("sure", 10, 0.97))).Status);

        using var corrected = JsonDocument.Parse("""{"order":"A-1","amount":25}""");
        await DecideAsync(desk, "unsure", new Verdict.Corrected(corrected.RootElement));
        Require(25m, (await router.WaitForVerdictAsync("unsure")).Proposal.Amount);
        await DecideAsync(desk, "sure", new Verdict.Rejected());
        await UntilAsync("refund/unsure/act", "refund/sure/act", "refund/sure/compensate");
        await host.StopAsync();
    }

    using (var host = Start())
    {
        await host.StartAsync();
        var router = host.Services.GetRequiredService<IDecisionRouter<Refund>>();
        var desk = host.Services.GetRequiredService<IReviewDesk>();

        Require(RoutingStatus.AlreadyRecorded, (await router.RouteAsync(Decision("unsure", 20, 0.50))).Status);
        await DecideAsync(desk, "unscored", new Verdict.Approved());
        await DecideAsync(desk, "large", new Verdict.Rejected { ProposalWasRight = true });
        await UntilAsync("refund/unscored/act", "refund/large/decline");
        Require(OutcomeResult.Evidence, await router.RecordOutcomeAsync("sure", new DecisionOutcome(WasRight: false)));
        await host.StopAsync();
    }

    Require(5, payments.Effects.Count);

    // A threshold that is earned: what is learnt is stored and found again.
    for (var run = 1; run <= 2; run++)
    {
        using var host = Start(earned: true);
        await host.StartAsync();
        var router = host.Services.GetRequiredService<IDecisionRouter<Refund>>();
        var control = host.Services.GetRequiredService<IWorkflowControl>();
        await UntilTrueAsync(async () => await control.GetThresholdsAsync("refund") is [{ Policy: "risk-controlled" }], "the new policy is in force");
        Require("not_yet_earned", (await router.RouteAsync(Decision($"learn-{run}", 10, 0.97))).Route.Reason);
        await DecideAsync(host.Services.GetRequiredService<IReviewDesk>(), $"learn-{run}", new Verdict.Approved());
        await UntilAsync($"refund/learn-{run}/act");
        var outcomes = run;
        await UntilTrueAsync(async () => await control.GetThresholdsAsync("refund") is [{ } live] && live.Evidence.Outcomes == outcomes, $"{run} outcomes are stored");
        await host.StopAsync();
    }

    Require(("25 for A-1", 1.0), await ToolCalls.RunAsync());
    await Inbox.RunAsync(Settings(earned: true), Require);
    Console.WriteLine("OK");
    return 0;
}
catch (InvalidOperationException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}
finally
{
    foreach (var left in new[] { file, file + "-wal", file + "-shm" })
    {
        File.Delete(left);
    }
}

IHost Start(bool earned = false)
{
    var builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = "Testing" });
    builder.Configuration.AddInMemoryCollection(Settings(earned));
    builder.Services.AddSingleton(payments);
    builder.Services.AddHumanLoop()
        .UseSqlite($"Data Source={file}")
        .AddWorkflow("refund", RefundJson.Default.Refund, refund => refund
            .AddPolicy((decision, _) => decision.Proposal.Amount > 1000 ? DecisionRoute.Review("large_amount") : null)
            .CountAsErrorWhen((proposed, corrected) => proposed.Amount != corrected.Amount)
            .UseHandler<PayRefund>());
    return builder.Build();
}

static Dictionary<string, string?> Settings(bool earned) => new()
{
    ["HumanLoop:PollInterval"] = "00:00:00.0500000",
    ["HumanLoop:Workflows:refund:Owner"] = "ops-lead@example.com",
    ["HumanLoop:Workflows:refund:Metric:Name"] = "refunds without a human",
    ["HumanLoop:Workflows:refund:Metric:AtLeast"] = "0.6",
    ["HumanLoop:Workflows:refund:Threshold:Policy"] = earned ? "RiskControlled" : "Fixed",
    ["HumanLoop:Workflows:refund:Threshold:Value"] = earned ? null : "0.9",
    ["HumanLoop:Workflows:refund:Threshold:MaxErrorRate"] = "0.05",
    ["HumanLoop:Workflows:refund:Threshold:AuditBudget"] = "1",
    ["HumanLoop:Workflows:refund:Review:Deadline"] = "02:00:00",
};

static Decision<Refund> Decision(string id, decimal amount, double? confidence) =>
    new(new Refund("A-1", amount)) { Id = id, Confidence = confidence is { } score ? new Confidence(score) : null, Briefing = "A customer asks for a refund." };

static async Task DecideAsync(IReviewDesk desk, string id, Verdict verdict)
{
    var review = new ReviewId("refund", id);
    await UntilTrueAsync(async () => (await desk.GetAsync(review))?.State == DecisionState.Pending, $"{review} waits for a reviewer");
    Require(TransitionStatus.Applied, (await desk.DecideAsync(review, verdict, "ann")).Status);
}

Task UntilAsync(params string[] keys) =>
    UntilTrueAsync(() => Task.FromResult(keys.All(payments.Effects.ContainsKey)), string.Join(", ", keys));

static async Task UntilTrueAsync(Func<Task<bool>> happened, string what)
{
    for (var attempt = 0; !await happened(); attempt++)
    {
        if (attempt == 3000)
        {
            throw new InvalidOperationException($"Waited in vain for: {what}.");
        }

        await Task.Delay(10);
    }
}

static void Require<T>(T expected, T actual)
{
    if (!EqualityComparer<T>.Default.Equals(expected, actual))
    {
        throw new InvalidOperationException($"Expected {expected}, found {actual}.");
    }
}
