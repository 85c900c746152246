using HumanLoop.Adapting;

namespace HumanLoop.Observing;

/// <summary>A live threshold and the controller's state behind it, which is a copy of the reader's own.</summary>
internal sealed record StandingThreshold(LiveThreshold Live, ThresholdState State)
{
    public static StandingThreshold Of(string policy, EvidenceGroup group, DateTimeOffset since)
    {
        var (state, promising) = (group.State, group.State as RiskControlledState);
        return new(
            new()
            {
                Segment = group.About.Segment,
                Model = group.About.Model,
                Policy = policy,
                Threshold = state.Threshold,
                Earned = promising?.Earned ?? state.Threshold,
                AuditProbability = state.AuditProbability,
                Evidence = state.Evidence,
                Goal = state.Goal,
                Epoch = state.Epoch,
                IsEarned = state.IsEarned,
                IsGuaranteeVoid = promising is { IsGuaranteeVoid: true },
                HasPromise = promising is not null,
                WhyClosed = state.WhyClosed(),
                Since = since,
                Waiting = group.Waiting,
                ProposalId = group.ProposalId,
            },
            state);
    }

    /// <summary>The same with its sentence, a forecast made anew. A simulation takes a good part of a second.</summary>
    public LiveThreshold Described(DateTimeOffset now) => Live with { Says = ThresholdText.Of(Live, State is RiskControlledState state ? ThresholdForecast.Of(state) : null, now) };
}
