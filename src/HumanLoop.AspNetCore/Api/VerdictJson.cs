namespace HumanLoop.AspNetCore.Api;

/// <summary>What was decided, and by whom.</summary>
internal sealed record VerdictJson(string Verdict, string Reviewer, bool ProposalWasRight, string? Reason, string? Comment)
{
    public static VerdictJson? Of(Verdict? verdict) => verdict switch
    {
        null => null,
        HumanLoop.Verdict.Approved => new("approved", verdict.Reviewer, true, verdict.Reason, verdict.Comment),
        HumanLoop.Verdict.Corrected corrected => new("corrected", verdict.Reviewer, corrected.WordingOnly, verdict.Reason, verdict.Comment),
        HumanLoop.Verdict.Rejected rejected => new("rejected", verdict.Reviewer, rejected.ProposalWasRight, verdict.Reason, verdict.Comment),
        _ => new("abstained", verdict.Reviewer, false, verdict.Reason, verdict.Comment),
    };
}
