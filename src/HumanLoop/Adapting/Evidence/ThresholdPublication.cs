using HumanLoop.Journaling;

namespace HumanLoop.Adapting;

/// <summary>What routers need to know of a workflow's thresholds.</summary>
internal static class ThresholdPublication
{
    public static ThresholdsDocument Of(ThresholdSettings settings, EvidenceGroups groups)
    {
        // What the owner chose holds for every model and segment.
        var isFixed = settings.Policy == ThresholdControllers.Fixed;
        return new()
        {
            Policy = settings.Policy,
            Value = settings.Value,
            PerSegment = settings.Per == ThresholdPer.Segment && !isFixed,
            Founders = isFixed ? null : groups.Founders,
            Split = isFixed ? [] : groups.Split,
            Lines = [.. groups.All.Select(Line)],
            NewModel = isFixed ? FixedLine(settings) : NewLine(settings, groups.Siblings(isOwn: false, null).LastOrDefault(), declares: groups.All.Count == 0),
            NewModelOfSegment = isFixed || settings.OnNewModel == OnNewModel.StartAgain
                ? []
                : [.. groups.All.Where(group => group.About.IsOwn).GroupBy(group => group.About.Segment).Select(siblings => NewLine(settings, siblings.Last(), declares: false)!)],
        };
    }

    private static ThresholdsDocument.LineDocument Line(EvidenceGroup group) => new(
        group.About.IsOwn,
        group.About.Segment,
        group.About.Model,
        group.State.Threshold,
        group.State.AuditProbability.Rung,
        group.Epoch,
        group.State is not RiskControlledState || group.State.IsEarned || group.State.Threshold.IsReviewEverything ? null
            : group.About.TakesStart ? RouteReasons.DeclaredByOwner
            : RouteReasons.KeptFromOtherModel);

    private static ThresholdsDocument.LineDocument FixedLine(ThresholdSettings settings) =>
        new(IsOwn: false, null, null, settings.Value is { } value ? new(value) : Threshold.ReviewEverything, ReviewProbability.AtLeast(settings.Goal.AuditBudget).Rung, 1, null);

    /// <summary>For a model that has no evidence yet; null where everything of it is reviewed.</summary>
    private static ThresholdsDocument.LineDocument? NewLine(ThresholdSettings settings, EvidenceGroup? latest, bool declares)
    {
        if (latest is not null && settings.OnNewModel == OnNewModel.KeepAndCheckAll)
        {
            return new(latest.About.IsOwn, latest.About.Segment, null, latest.State.Threshold, 0, 1, RouteReasons.KeptFromOtherModel);
        }

        return (declares || settings.Per == ThresholdPer.Segment) && !settings.Goal.Start.IsReviewEverything
            ? new(settings.Per == ThresholdPer.Segment, null, null, settings.Goal.Start, 0, 1, RouteReasons.DeclaredByOwner)
            : null;
    }
}
