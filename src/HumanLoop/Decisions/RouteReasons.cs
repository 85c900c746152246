namespace HumanLoop;

/// <summary>The reasons that the library itself gives for a route. Stable: they are stored, shown and counted.</summary>
public static class RouteReasons
{
    /// <summary>Straight through: the confidence is at or above the threshold.</summary>
    public const string AtOrAboveThreshold = "at_or_above_threshold";

    /// <summary>Acts and is checked: the confidence is at or above the threshold, and the draw chose it.</summary>
    public const string AuditDraw = "audit_draw";

    /// <summary>Acts and is checked: the owner declared the threshold, and until it is earned every act is checked.</summary>
    public const string DeclaredByOwner = "declared_by_owner";

    /// <summary>Acts and is checked: the threshold was earned by another model, and until this one has earned it every act is checked.</summary>
    public const string KeptFromOtherModel = "kept_from_other_model";

    /// <summary>To a person: the confidence is below the threshold.</summary>
    public const string BelowThreshold = "below_threshold";

    /// <summary>To a person: no threshold has been earned yet.</summary>
    public const string NotYetEarned = "not_yet_earned";

    /// <summary>To a person: the decision has no score.</summary>
    public const string ConfidenceMissing = "confidence_missing";

    /// <summary>To a person: the confidence is NaN or outside [0, 1].</summary>
    public const string ConfidenceUnusable = "confidence_unusable";

    /// <summary>To a person: the confidence source threw.</summary>
    public const string ConfidenceFailed = "confidence_failed";

    /// <summary>To a person: the confidence source took longer than the workflow's <c>ConfidenceTimeout</c>.</summary>
    public const string ConfidenceTimedOut = "confidence_timed_out";

    /// <summary>To a person: a rule threw.</summary>
    public const string RuleFailed = "rule_failed";

    /// <summary>To a person: the segment is not in the workflow's scope.</summary>
    public const string OutOfScope = "out_of_scope";

    /// <summary>To a person: the workflow is paused, for all or by this process's stop switch.</summary>
    public const string Paused = "paused";

    /// <summary>To a person: the workflow is in shadow mode, which records and never acts.</summary>
    public const string Shadow = "shadow";

    /// <summary>To a person: it was to take the place of a decision that has acted already, or may have.</summary>
    public const string SupersedesActed = "supersedes_acted";

    /// <summary>To a person: the weakest field is below the threshold. Followed by the field's name, as in <c>weak_field:total</c>.</summary>
    public const string WeakFieldPrefix = "weak_field:";

    /// <summary>Back to a person: an attempt to act ended unknown, and the handler is not idempotent.</summary>
    public const string OutcomeUnknown = "outcome_unknown";

    /// <summary>A field's name as part of a reason: what is not in a reason's alphabet becomes an underscore.</summary>
    internal static string WeakField(string field)
    {
        var name = field.Length > 80 ? field[..80] : field;
        return string.Create(WeakFieldPrefix.Length + name.Length, name, static (span, text) =>
        {
            WeakFieldPrefix.CopyTo(span);
            for (var i = 0; i < text.Length; i++)
            {
                var c = char.ToLowerInvariant(text[i]);
                span[WeakFieldPrefix.Length + i] = char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '-' or ':' ? c : '_';
            }
        });
    }
}
