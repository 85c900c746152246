using HumanLoop.Adapting;

namespace HumanLoop.Testing.Tests;

/// <summary>A controller with one fault at a time.</summary>
internal sealed class Broken : IThresholdController
{
    private readonly StepThreshold _sound = new();
    private int _seen;

    public bool StartsEarly { get; init; }

    public bool TakesAnyGoal { get; init; }

    public bool GuessesAtRandom { get; init; }

    public bool ForgetsWhatWasForced { get; init; }

    public bool ForgetsWhenLoaded { get; init; }

    public bool RemembersInTheController { get; init; }

    public bool CountsAnything { get; init; }

    public bool TellsNoChange { get; init; }

    public bool ForcesAnything { get; init; }

    public bool IgnoresTheBound { get; init; }

    public bool LoosensOnArrival { get; init; }

    public bool LoosensOnRecount { get; init; }

    public bool NeverEnds { get; init; }

    public bool LoadsAnything { get; init; }

    public bool SavesALot { get; init; }

    public bool KeepsTheOldGoal { get; init; }

    public bool TellsTheOldEpoch { get; init; }

    public bool TripsOverDamage { get; init; }

    public string Policy => "broken";

    public ThresholdState Start(ThresholdGoal goal)
    {
        if (TakesAnyGoal)
        {
            return new StepState { CurrentGoal = goal };
        }

        var state = (StepState)_sound.Start(goal);
        state.Number = StartsEarly ? 0 : 1;
        state.CurrentGoal = SavesALot ? goal with { Grid = [.. Enumerable.Range(0, 5_000).Select(n => n / 5_000.0)] }
            : IgnoresTheBound ? goal with { NeverBelow = 0 }
            : goal;
        return state;
    }

    public ThresholdStep Next(ThresholdState state, in ThresholdObservation observation)
    {
        var own = (StepState)state;
        switch (observation.Kind)
        {
            case ThresholdObservationKind.OutcomeCounted when CountsAnything:
                own.Count(observation.WasRight, observation.Decision.Confidence);
                return new(own, null);
            case ThresholdObservationKind.OutcomeCounted when RemembersInTheController || GuessesAtRandom:
                _seen = GuessesAtRandom ? Random.Shared.Next() : _seen + 1;
                own.InARow = _seen;
                return new(own, null);
            case ThresholdObservationKind.OutcomeArrived when LoosensOnArrival:
                own.InARow += 1;
                return new(own, null);
            case ThresholdObservationKind.GoalChanged when KeepsTheOldGoal:
            case ThresholdObservationKind.ThresholdForced when ForgetsWhatWasForced:
            case ThresholdObservationKind.EpochEnded when NeverEnds:
                return new(own, null);
            case ThresholdObservationKind.ThresholdForced when ForcesAnything:
                return _sound.Next(state, ThresholdObservation.Force(observation.Forced, "owner", mayVoidGuarantee: true));
            default:
                var step = _sound.Next(state, observation);
                return TellsNoChange ? step with { Change = null }
                    : TellsTheOldEpoch && step.Change is not null ? step with { Change = step.Change with { Epoch = 0 } }
                    : step;
        }
    }

    public ThresholdStep Recount(ThresholdState state, IEnumerable<ThresholdObservation> counted)
    {
        if (!LoosensOnRecount)
        {
            return _sound.Recount(state, counted);
        }

        ((StepState)state).InARow = 1_000;
        return new(state, null);
    }

    public ThresholdState Load(string json)
    {
        if (LoadsAnything)
        {
            return _sound.Start(new() { MaxErrorRate = 0.05 });
        }

        if (TripsOverDamage)
        {
            _ = System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("Goal").GetProperty("Risk").GetDouble();
        }

        var state = StepState.Load(json);
        state.InARow = ForgetsWhenLoaded ? 0 : state.InARow;
        return state;
    }
}
