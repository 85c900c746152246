using System.Text.Json;
using HumanLoop.AspNetCore.Visiting;

namespace HumanLoop.AspNetCore.Api;

/// <summary>A verdict from what a caller sent.</summary>
internal static class Verdicts
{
    private const int MaxReason = 100;
    private const int MaxComment = 10_000;

    /// <summary>Makes the verdict.</summary>
    /// <exception cref="BadRequestException">There is no such verdict, or something in it is missing or too long.</exception>
    public static Verdict Of(string? kind, JsonElement? proposal, bool proposalWasRight, string? reason, string? comment)
    {
        if (reason?.Length > MaxReason || comment?.Length > MaxComment)
        {
            throw BadRequestException.Of($"reason has at most {MaxReason} characters and comment at most {MaxComment}.");
        }

        Verdict verdict = kind switch
        {
            "approved" => new Verdict.Approved(),
            "corrected" => new Verdict.Corrected(proposal is { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } corrected ? corrected : throw BadRequestException.Of("proposal misses: a correction holds the whole corrected proposal.")) { WordingOnly = proposalWasRight },
            "rejected" => new Verdict.Rejected { ProposalWasRight = proposalWasRight },
            "abstained" => new Verdict.Abstained(),
            _ => throw BadRequestException.Of("verdict is one of approved, corrected, rejected, abstained."),
        };
        return verdict with { Reason = Text(reason), Comment = Text(comment) };
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
