using HumanLoop.Journaling;

namespace HumanLoop.Reporting;

internal sealed partial class Tally
{
    private void Judge(DecisionTrace trace, VerdictFacts verdict, DateTimeOffset at)
    {
        var day = DecisionTrace.DayOf(at);
        Count(verdict, day, trace.Segment, 1);
        var buckets = BucketsOf(day, trace.Segment);
        var waited = Math.Max(0, ((trace.FirstClaimAt ?? at) - trace.ReadyAt).TotalSeconds);
        buckets.Add(TallyColumn.WaitingSeconds, (long)waited);
        buckets.Add(TallyColumn.Waited);
        Waiting.Add(waited);

        var reviewer = ReviewerOf(verdict.Reviewer);
        if (trace.HeldSince is { } held && trace.IsHeldBy(verdict.Reviewer))
        {
            // A reviewer who claims several at once, or has the next one fetched ahead, begins it when the one before is answered.
            var began = held > reviewer.LastAnswerAt ? held : reviewer.LastAnswerAt;
            var took = Math.Clamp((at - began).TotalSeconds, 0, LongestHandling);
            buckets.Add(TallyColumn.HandlingSeconds, (long)Math.Round(took));
            buckets.Add(TallyColumn.Handled);
            Handling.Add(took);
            reviewer.Took(took);
        }

        reviewer.LastAnswerAt = at;
    }

    private void Count(VerdictFacts verdict, int day, string? segment, int times)
    {
        BucketsOf(day, segment).Add(verdict.Kind switch
        {
            VerdictKind.Approved => TallyColumn.Approved,
            VerdictKind.Corrected => TallyColumn.Corrected,
            _ => TallyColumn.Rejected,
        }, times);
        var reviewer = ReviewerOf(verdict.Reviewer);
        reviewer.Answers += times;
        reviewer.Agreed += verdict.WasRight ? times : 0;
    }

    private void Count(DecisionTrace trace, OutcomeCause outcome, int times)
    {
        if (outcome == OutcomeCause.None)
        {
            return;
        }

        var buckets = BucketsOf(trace.Day, trace.Segment);
        var isCheck = trace.Kind == RouteKind.Audit;
        buckets.Add((isCheck ? TallyColumn.CheckedRight : TallyColumn.ReviewedRight) + ((int)outcome - (int)OutcomeCause.Right), times);
        if (isCheck)
        {
            buckets.Add(outcome == OutcomeCause.Right ? TallyColumn.WeightRight : TallyColumn.WeightWrong, times * InverseProbability.Of(trace.Probability));
            buckets.Add(TallyColumn.WeightSquares, times * InverseProbability.SquareOf(trace.Probability));
        }

        if (outcome is OutcomeCause.Right or OutcomeCause.Wrong && trace.Confidence.IsUsable && _models.Find(one => one.Model == trace.Model) is { } model && model.Since <= trace.Position)
        {
            model.Count(trace.Confidence.Value, trace.Probability, outcome == OutcomeCause.Right, times);
        }
    }

    /// <summary>What happened to the workflow as a whole.</summary>
    private void Note(JournalEntry entry)
    {
        switch (entry)
        {
            case MetricRecorded recorded:
                Keep(recorded.IsGuard ? _guard : _metric, new(recorded.Name, recorded.ObservedAt, recorded.Value), MostReadings);
                break;
            case ThresholdChanged changed:
                Keep(_changes, Line(changed), MostChanges);
                break;
            case WorkflowPaused paused:
                Keep(_changes, new() { At = entry.At, Reason = "paused", Actor = entry.Actor, Note = paused.Reason }, MostChanges);
                break;
            case WorkflowResumed:
                Keep(_changes, new() { At = entry.At, Reason = "resumed", Actor = entry.Actor }, MostChanges);
                break;
            case ThresholdSettingsChanged:
                Keep(_changes, new() { At = entry.At, Reason = "settings_changed" }, MostChanges);
                break;
        }
    }

    private static ScorecardChange Line(ThresholdChanged changed) => new()
    {
        At = changed.At,
        Reason = changed.Change.Reason,
        ChangeId = changed.ChangeId,
        Segment = changed.Segment,
        Model = changed.Model,
        From = changed.Change.From.IsReviewEverything ? null : changed.Change.From.Value,
        To = changed.Change.To.IsReviewEverything ? null : changed.Change.To.Value,
        Outcomes = changed.Change.Evidence.Outcomes,
        Errors = changed.Change.Evidence.Errors,
        IsProposal = changed.Change.IsProposal,
        GuaranteeVoid = changed.Change.GuaranteeVoid,
        Actor = changed.Change.Actor ?? changed.Actor,
    };

    private static void Keep<T>(List<T> list, T item, int most)
    {
        list.Add(item);
        if (list.Count > most)
        {
            list.RemoveAt(0);
        }
    }

    private ReviewerTally ReviewerOf(string name)
    {
        var key = _reviewers.ContainsKey(name) || _reviewers.Count < MostReviewers ? name : Others;
        return _reviewers.TryGetValue(key, out var known) ? known : _reviewers[key] = new();
    }

    private ConfidenceTally ModelOf(long position, string? model)
    {
        if (_models.Find(one => one.Model == model) is { } known)
        {
            return known;
        }

        if (_models.Count == MostModels)
        {
            _models.Remove(_models.MinBy(one => one.LastSeen)!);
        }

        var added = new ConfidenceTally(model, position);
        _models.Add(added);
        return added;
    }
}
