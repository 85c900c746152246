using HumanLoop.Adapting;

namespace HumanLoop.Testing.Tests;

/// <summary>The controller of the page on writing one's own: it opens at 0.9 after 100 right answers there, and closes with a wrong one.</summary>
internal sealed class StepThreshold : IThresholdController
{
    public string Policy => "step";

    public ThresholdState Start(ThresholdGoal goal)
    {
        goal.Validate();
        return new StepState { CurrentGoal = goal };
    }

    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation)
    {
        var own = (StepState)state;
        var before = own.Threshold;
        var decision = observation.Decision;
        switch (observation.Kind)
        {
            case ThresholdObservationKind.OutcomeCounted when decision.Epoch == own.Number && decision.IsEvidence:
                own.Count(observation.WasRight, decision.Confidence);
                return new(own, own.ChangeFrom(before, ThresholdReasons.PolicyRule, null));
            case ThresholdObservationKind.ThresholdForced:
                (own.Forced, own.MayVoid) = (observation.Forced, observation.MayVoidGuarantee);
                return new(own, own.ChangeFrom(before, ThresholdReasons.Forced, observation.Actor));
            case ThresholdObservationKind.EpochEnded or ThresholdObservationKind.GoalChanged:
                own.StartAgain(observation.Goal);
                return new(own, own.ChangeFrom(before, observation.Reason ?? ThresholdReasons.NewGoal, observation.Actor));
            default:
                return new(own, null);
        }
    }

    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted)
    {
        var own = (StepState)state;
        var before = own.Threshold;
        (own.InARow, own.Right, own.Wrong) = (0, 0, 0);
        foreach (var one in counted)
        {
            own.Count(one.WasRight, one.Decision.Confidence);
        }

        // Counting again only ever takes back.
        own.InARow = own.Threshold < before ? 0 : own.InARow;
        return new(own, own.ChangeFrom(before, ThresholdReasons.VerdictCorrected, null));
    }

    public ThresholdState Load(string json) => StepState.Load(json);
}
