using System.Text;
using HumanLoop.Journaling;
using HumanLoop.Queueing;

namespace HumanLoop.Testing.Trials;

/// <summary>Work to put into a queue under test.</summary>
internal static class Sample
{
    public const string Workflow = "conformance";
    public const string OtherWorkflow = "conformance-other";
    public const string Process = "process-1";
    public const string Secret = "Zoë Ångström, 17 Rue de l'Église";

    /// <summary>A route cannot be made from outside the core, only read back; so that is how these are made.</summary>
    private static readonly DecisionRouted AtOrAboveThreshold = Read("""["straight_through","at_or_above_threshold"]""");
    private static readonly DecisionRouted Drawn = Read("""["audit","audit_draw"]""");

    public static TimeSpan Lease => TimeSpan.FromMinutes(10);

    /// <summary>Below the threshold: waits for a person.</summary>
    public static NewWork Review(
        DecisionId id, DateTimeOffset at, DateTimeOffset? due = null, string? segment = null, string workflow = Workflow, bool handled = true, bool shadow = false) =>
        Work(AtOrAboveThreshold with { Route = DecisionRoute.Review(RouteReasons.BelowThreshold), Due = due, EvidenceDue = at.AddDays(14) }, id, at, segment, workflow, handled, shadow);

    /// <summary>Acts at once in this process, or soon in any.</summary>
    public static NewWork StraightThrough(DecisionId id, DateTimeOffset at, string? holder = null, string workflow = Workflow, bool handled = true) =>
        Work(Held(AtOrAboveThreshold, at, holder), id, at, null, workflow, handled, false);

    /// <summary>Acts, and is then checked.</summary>
    public static NewWork Audit(DecisionId id, DateTimeOffset at, string? holder = null, DateTimeOffset? due = null, bool handled = true) =>
        Work(Held(Drawn, at, holder) with { Due = due, EvidenceDue = at.AddDays(14) }, id, at, null, Workflow, handled, false);

    public static WorkPayload Payload(DecisionId id) => new()
    {
        Proposal = Encoding.UTF8.GetBytes($$"""{"refund":12.5,"of":"{{id}}","to":"{{Secret}}"}"""),
        Fields = new Dictionary<string, Confidence> { ["total"] = 0.41, ["date"] = 0.98, ["payee"] = Confidence.Unusable },
        Briefing = $"The parcel never came.\n{Secret} \U0001F4E6",
        Link = new("https://example.com/tickets/17?a=b&c=d"),
        Subject = Secret,
    };

    public static SweepPolicy Policy(string workflow = Workflow) => new()
    {
        Workflow = workflow,
        WhenOverdue = WhenOverdue.Hold,
        IdempotencyWindow = TimeSpan.FromDays(365),
    };

    public static GiveVerdict Approve(DecisionId id, string reviewer, bool needsLease = true) =>
        new(Workflow, id, VerdictKind.Approved, true) { Actor = reviewer, NeedsLease = needsLease };

    public static GiveVerdict Reject(DecisionId id, string reviewer, bool needsLease = true) =>
        new(Workflow, id, VerdictKind.Rejected, false) { Actor = reviewer, NeedsLease = needsLease };

    public static CompleteEffect Complete(DecisionId id, string process = Process, Effect effect = Effect.Act) =>
        new(Workflow, id, $"{Workflow}/{id}/{effect}") { Actor = process };

    private static DecisionRouted Held(DecisionRouted routed, DateTimeOffset at, string? holder) =>
        routed with { Holder = holder, LeaseUntil = holder is null ? null : at + Lease };

    private static NewWork Work(DecisionRouted routed, DecisionId id, DateTimeOffset at, string? segment, string workflow, bool handled, bool shadow) =>
        new(routed with { DecisionId = id, At = at, Segment = segment, Workflow = workflow, Handled = handled, Shadow = shadow }, Payload(id));

    private static DecisionRouted Read(string route) => (DecisionRouted)JournalJson.ReadEntry(Encoding.UTF8.GetBytes(
        $$"""
        {"kind":"routed","route":{{route}},"confidence":0.93,"threshold":0.9,"eligible":true,"reviewProbability":4,"lowestProbability":6,
         "fingerprint":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","format":1,"model":"model-1","epoch":3}
        """));
}
