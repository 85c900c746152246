using HumanLoop.Adapting;
using HumanLoop.Cli.Input;

namespace HumanLoop.Cli.Backtest;

/// <summary>Replays one stream through one policy as the live system would: judge, draw, act or review, learn.</summary>
/// <remarks>Not safe for concurrent use.</remarks>
internal sealed class Simulation
{
    private readonly BacktestRequest _request;
    private readonly DecisionFile _file;
    private readonly Population[] _populations;
    private readonly int[] _checkpoints;
    private readonly IThresholdController _controller;

    internal Simulation(BacktestRequest request, DecisionFile file, Population[] populations, int[] checkpoints, IThresholdController controller) =>
        (_request, _file, _populations, _checkpoints, _controller) = (request, file, populations, checkpoints, controller);

    internal RunRecord Run(int[] order, int run)
    {
        var record = new RunRecord(_checkpoints.Length);
        var chance = new Chance(_request.Seed, (2L * run) + 1);
        EvidenceSequencer[] sequencers = [.. _populations.Select(_ => new EvidenceSequencer(_controller, _controller.Start(_request.Goal)))];
        Threshold[] starts = [.. sequencers.Select(sequencer => sequencer.State.Threshold)];
        Look(record, sequencers);
        var unanswered = new Queue<(ReviewedDecision Decision, int Row)>();
        var checkpoint = 0;
        for (var i = 0; i < order.Length; i++)
        {
            ref readonly var row = ref _file.Rows[order[i]];
            var segment = _request.PerSegment ? row.Segment : 0;
            var sequencer = sequencers[segment];
            var state = sequencer.State;
            var admitted = state.Threshold.Admits(row.Confidence);
            var probability = admitted ? state.AuditProbability : default;
            var decision = new ReviewedDecision
            {
                Sequence = i + 1,
                Epoch = state.Epoch,
                Confidence = row.Confidence,
                IsEligible = row.Confidence.IsUsable,
                IsStraightThrough = admitted,
                IsDrawn = !admitted || chance.Unit() < probability.Value,
                ReviewProbability = probability,
                LowestProbability = state.LowestProbability,
            };
            record.StraightThrough += admitted ? 1 : 0;
            record.Errors += admitted && row.IsWrong ? 1 : 0;
            record.Reviews += decision.IsDrawn ? 1 : 0;
            record.Audits += admitted && decision.IsDrawn ? 1 : 0;
            Note(sequencer.Made(decision), record, i + 1, segment, sequencers, starts);
            if (_request.ReviewDelay == 0)
            {
                if (decision.IsDrawn)
                {
                    Note(sequencer.Answered(decision, OutcomeStanding.Unknown, Truth(row)), record, i + 1, segment, sequencers, starts);
                }
            }
            else
            {
                if (decision.IsDrawn)
                {
                    unanswered.Enqueue((decision, order[i]));
                }

                while (unanswered.TryPeek(out var oldest) && oldest.Decision.Sequence + _request.ReviewDelay <= i + 1)
                {
                    unanswered.Dequeue();
                    var answered = _file.Rows[oldest.Row];
                    var itsSegment = _request.PerSegment ? answered.Segment : 0;
                    Note(sequencers[itsSegment].Answered(oldest.Decision, OutcomeStanding.Unknown, Truth(answered)), record, i + 1, itsSegment, sequencers, starts);
                }
            }

            if (i + 1 == _checkpoints[checkpoint])
            {
                record.Checkpoints[checkpoint++] = (Coverage(sequencers), record.Reviews, record.Errors);
            }
        }

        record.FinalThreshold = sequencers[0].State.Threshold;
        record.FinalCoverage = Coverage(sequencers);
        record.WhyClosed = sequencers.All(sequencer => sequencer.State.Threshold.IsReviewEverything) ? [.. sequencers.SelectMany(sequencer => sequencer.State.WhyClosed()).Distinct()] : [];
        return record;
    }

    private void Note(EvidenceStep step, RunRecord record, int decision, int segment, EvidenceSequencer[] sequencers, Threshold[] starts)
    {
        if (step.Changes.Count == 0)
        {
            return;
        }

        foreach (var change in step.Changes)
        {
            record.FirstLoosening ??= change.To < starts[segment] ? decision : null;
            record.Changes.Add(new()
            {
                Decision = decision,
                Segment = _request.PerSegment ? _file.Segments[segment] : null,
                From = Shown(change.From),
                To = Shown(change.To),
                Reason = change.Reason,
                Reviewed = change.Evidence.Outcomes,
                Errors = change.Evidence.Errors,
            });
            record.WasAboveTarget |= _populations[segment].IsAbove(change.To, _request.Goal.MaxErrorRate);
        }

        Look(record, sequencers);
    }

    private void Look(RunRecord record, EvidenceSequencer[] sequencers)
    {
        for (var segment = 0; segment < sequencers.Length; segment++)
        {
            record.WasAboveTarget |= _populations[segment].IsAbove(sequencers[segment].State.Threshold, _request.Goal.MaxErrorRate);
        }
    }

    private double Coverage(EvidenceSequencer[] sequencers)
    {
        var admitted = 0L;
        for (var segment = 0; segment < sequencers.Length; segment++)
        {
            admitted += _populations[segment].Admitted(sequencers[segment].State.Threshold);
        }

        return admitted / (double)_file.Rows.Length;
    }

    internal static double? Shown(Threshold threshold) => threshold.IsReviewEverything ? null : threshold.Value;

    private static OutcomeStanding Truth(in DecisionRow row) => row.IsWrong ? OutcomeStanding.Wrong : OutcomeStanding.Right;
}
