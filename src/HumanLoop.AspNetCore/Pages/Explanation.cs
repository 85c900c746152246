using System.Globalization;
using HumanLoop.AspNetCore.Forms;

namespace HumanLoop.AspNetCore.Pages;

/// <summary>Why a person is asked, in a sentence.</summary>
internal static class Explanation
{
    public static string Of(Review review) => review.IsBlind ? "Answer for yourself: what the AI proposed is shown when you have." : (review.Reason, review.IsAudit) switch
    {
        (RouteReasons.BelowThreshold, _) => $"Confidence {Number(review.Confidence)} is below the threshold of {Number(review.Threshold)}.",
        (RouteReasons.NotYetEarned, _) => $"Nothing goes straight through yet: the threshold is still being earned.{Sure(review)}",
        (RouteReasons.AuditDraw, _) => $"It has already acted, and was drawn by chance to be checked.{Sure(review)}",
        (RouteReasons.DeclaredByOwner, _) => $"It has already acted: the owner declared a threshold, and every act is checked until it is earned.{Sure(review)}",
        (RouteReasons.KeptFromOtherModel, _) => $"It has already acted: the threshold was earned by another model, and this one is checked until it has earned it too.{Sure(review)}",
        (RouteReasons.ConfidenceMissing, _) => "Nobody said how sure the model is.",
        (RouteReasons.ConfidenceUnusable, _) => "The model's confidence is no number from 0 to 1.",
        (RouteReasons.ConfidenceFailed, _) => "The confidence could not be determined.",
        (RouteReasons.ConfidenceTimedOut, _) => "The confidence took too long to determine.",
        (RouteReasons.RuleFailed, _) => "A rule failed on it, so that a person looks.",
        (RouteReasons.OutOfScope, _) => $"{(review.Segment is null ? "It has no segment" : $"The segment '{review.Segment}' is outside")}{(review.Segment is null ? ", and this workflow is for certain segments." : " what this workflow is for.")}",
        (RouteReasons.Paused, _) => "The workflow is paused: everything goes to a person.",
        (RouteReasons.Shadow, _) => "The workflow runs in shadow mode: nothing acts, and what you find is recorded.",
        (RouteReasons.OutcomeUnknown, _) => "An attempt to act ended without a known outcome. Find out whether it took effect: approve to act again, reject as right if it did.",
        (RouteReasons.AtOrAboveThreshold, _) => $"It went straight through.{Sure(review)}",
        ({ } weak, _) when weak.StartsWith(RouteReasons.WeakFieldPrefix, StringComparison.Ordinal) => $"The field '{Schema.Label(weak[RouteReasons.WeakFieldPrefix.Length..])}' is the least sure ({Number(review.Confidence)}, below the threshold of {Number(review.Threshold)}).",
        ({ } rule, _) => $"A rule asks for a person: {rule.Replace('_', ' ')}.{Sure(review)}",
    };

    private static string Sure(Review review) => review.Confidence.IsUsable ? $" Confidence {Number(review.Confidence)}." : "";

    public static string Number(Confidence confidence) => confidence.IsUsable ? Number(confidence.Value) : "none";

    private static string Number(Threshold threshold) => threshold.IsReviewEverything ? "everything" : Number(threshold.Value);

    /// <summary>Two digits, more where the number is close to 1: 0.995 must not read 1.00.</summary>
    private static string Number(double value)
    {
        for (var digits = 2; digits < 6; digits++)
        {
            var text = Math.Round(value, digits, MidpointRounding.ToZero).ToString($"F{digits}", CultureInfo.InvariantCulture);
            if (value is 0 or 1 || (text != "1." + new string('0', digits) && Math.Abs(double.Parse(text, CultureInfo.InvariantCulture) - value) < (1 - value) / 2))
            {
                return text;
            }
        }

        return value.ToString("0.######", CultureInfo.InvariantCulture);
    }
}
