using System.Reflection;
using System.Text.Json;
using HumanLoop.Notifying;
using HumanLoop.Tests.Journey;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Tests.Diagnostics;

public class LogTests
{
    /// <summary>Alerts are built on these ids: an id is never given to another event, and a level is changed only on purpose.</summary>
    private static readonly string[] Golden =
    [
        "1 Information WorkflowReady",
        "2 Warning NoNotifier",
        "3 Warning StoreForgets",
        "4 Error SettingsRefused",
        "5 Information SettingsChanged",
        "6 Error StoreLate",
        "10 Warning ConfidenceFailed",
        "11 Warning ConfidenceTimedOut",
        "12 Warning RuleFailed",
        "13 Warning QueueFull",
        "14 Warning ComparisonFailed",
        "15 Warning CorrectionCheckFailed",
        "20 Warning EffectFailed",
        "21 Error DeadLettered",
        "22 Warning EffectUncertain",
        "23 Warning LeaseLost",
        "24 Error LoopFailed",
        "25 Information LoopRecovered",
        "26 Warning SettleFailed",
        "27 Warning FailureUnrecorded",
        "30 Warning ReviewsOverdue",
        "31 Warning ReviewsExpired",
        "32 Warning NotifierFailed",
        "33 Warning PeopleBehind",
        "35 Information TargetReached",
        "36 Warning GuardMissed",
        "40 Warning Paused",
        "41 Information Resumed",
        "50 Information Erased",
        "51 Error PayloadUnreadable",
        "60 Information ThresholdChanged",
        "61 Error ThresholdAlarm",
        "62 Warning LooseningProposed",
        "63 Warning GuaranteeVoid",
        "64 Warning TooManyGroups",
        "65 Error LearningStopped",
    ];

    [Fact]
    public void Every_event_has_a_stable_id_of_its_own()
    {
        var events = typeof(HumanLoop.Diagnostics.Log).GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(method => (Method: method, Message: method.GetCustomAttribute<LoggerMessageAttribute>()))
            .Where(one => one.Message is not null)
            .OrderBy(one => one.Message!.EventId)
            .Select(one => $"{one.Message!.EventId} {one.Message.Level} {one.Method.Name}");

        Assert.Equal(Golden, events);
    }

    [Fact]
    public async Task No_log_line_at_any_level_holds_a_proposal_a_briefing_a_comment_a_subject_or_an_exceptions_text()
    {
        const string secret = "S3CRET";
        await using var loop = new TestLoop(
            refund => refund
                .UseConfidence((decision, _) => decision.Id.Value == "source" ? throw new InvalidOperationException(secret) : new(0.95))
                .AddPolicy((decision, _) => decision.Id.Value == "rule" ? throw new InvalidOperationException(secret) : null)
                .CountAsErrorWhen((_, _) => throw new InvalidOperationException(secret)),
            TestLoop.Settings(("Threshold:AuditBudget", "1"), ("Acting:Retries", "1"), ("Review:Deadline", "00:10:00"), ("PayloadRetention", "1.00:00:00")),
            services: services => services.AddSingleton<IReviewNotifier>(new CollectingNotifier { Does = _ => throw new InvalidOperationException(secret) }));
        await loop.StartAsync();
        loop.Handler.Does = (resolution, _) => resolution.Decision.Id.Value is "dead" || resolution.Attempt == 1 ? throw new InvalidOperationException(secret) : Task.CompletedTask;

        foreach (var id in new[] { "source", "rule", "dead", "corrected", "rejected", "overdue" })
        {
            await loop.Router.RouteAsync(Decision(id));
        }

        await Assert.ThrowsAsync<DecisionConflictException>(async () => await loop.Router.RouteAsync(Decision("source") with { Proposal = new(secret, 1) }));
        await loop.UntilAsync("dead", DecisionState.DeadLetter);
        await loop.UntilAsync("corrected", DecisionState.Pending);
        await loop.UntilAsync("rejected", DecisionState.Pending);
        await loop.DecideAsync("corrected", new Verdict.Corrected(JsonSerializer.SerializeToElement(new Refund(secret, 2), JsonSerializerOptions.Web)) { Comment = secret });
        await loop.DecideAsync("rejected", new Verdict.Rejected { Comment = secret });
        Assert.Equal(TransitionStatus.InvalidProposal, (await loop.DecideAsync("overdue", new Verdict.Corrected(JsonSerializer.SerializeToElement(secret)))).Status);
        await loop.UntilSettledAsync("corrected");
        await loop.UntilSettledAsync("rejected");
        await loop.Router.RecordTruthAsync("rejected", new Refund(secret, 3));
        await loop.Desk.SettleDeadLetterAsync(TestLoop.Review("dead"), "ops-lead", secret);
        await loop.Router.WithdrawAsync("source", secret);
        await loop.Control.PauseAsync(TestLoop.Name, "ops-lead", secret);
        await loop.Control.ResumeAsync(TestLoop.Name, "ops-lead");
        await loop.Control.EraseSubjectAsync(secret, "ops-lead");
        await loop.UntilAsync(() => loop.Log.Ids.Contains(30) && loop.Log.Ids.Contains(32), TimeSpan.FromSeconds(30));
        loop.Store.Before = _ => new StoreException(secret, new InvalidOperationException(secret));
        await loop.UntilAsync(() => loop.Log.Ids.Contains(24));
        loop.Store.Before = null;
        await loop.StopAsync();

        foreach (var id in new[] { 10, 12, 14, 20, 21, 24, 30, 32, 40, 41, 50 })
        {
            Assert.Contains(id, loop.Log.Ids);
        }

        Assert.All(loop.Log.Lines, line => Assert.DoesNotContain(secret, line.Everything, StringComparison.Ordinal));

        static Decision<Refund> Decision(string id) => new(new Refund(secret, 20))
        {
            Id = id,
            Briefing = secret,
            Subject = secret,
            Link = new Uri($"https://example.com/{secret}"),
            Segment = "small",
        };
    }
}
