using System.Text.Json;
using HumanLoop.Routing;

namespace HumanLoop.Adapting;

/// <summary>Stands between the journal and a controller: outcomes arrive in any order and enter the evidence in the order of their decisions.</summary>
/// <remarks>
/// What arrives early is no fair sample: errors often take longer to find than confirmations. So only outcomes of decisions before the
/// oldest unanswered one count; later ones wait here. What can only tighten, the watch for drift, hears of them at once. Pure and
/// deterministic; not safe for concurrent use. Its size grows with the reviews in flight.
/// </remarks>
public sealed class EvidenceSequencer
{
    private const int Version = 1;

    private readonly IThresholdController _controller;
    private readonly List<ThresholdChange> _changes = [];
    private ThresholdState _state;

    // The drawn decisions of the epoch from the oldest unanswered one on, in order, in a ring.
    private InFlight[] _items = new InFlight[16];
    private int _first;
    private int _count;
    private int _epoch;

    /// <summary>Continues a state with nothing in flight.</summary>
    /// <param name="controller">The controller.</param>
    /// <param name="state">The controller's state; it belongs to the sequencer from now on.</param>
    public EvidenceSequencer(IThresholdController controller, ThresholdState state)
    {
        ArgumentNullException.ThrowIfNull(controller);
        ArgumentNullException.ThrowIfNull(state);
        (_controller, _state, _epoch) = (controller, state, state.Epoch);
    }

    /// <summary>The state as it is now.</summary>
    public ThresholdState State => _state;

    /// <summary>How many drawn decisions have no answer yet or wait behind one that has none.</summary>
    public int Waiting => _count;

    /// <summary>The sequence number of the oldest unanswered decision: everything before it has been counted. <see langword="null"/> when nothing waits.</summary>
    public long? Watermark => _count == 0 ? null : this[0].Decision.Sequence;

    private ref InFlight this[int index] => ref _items[(_first + index) & (_items.Length - 1)];

    /// <summary>A decision was recorded. Call it for every decision, in the order of their sequence numbers.</summary>
    /// <param name="decision">The decision as recorded.</param>
    /// <returns>What it led to.</returns>
    public EvidenceStep Made(in ReviewedDecision decision)
    {
        Tell(ThresholdObservation.Made(decision));
        if (decision.Epoch == _state.Epoch && decision.IsEvidence)
        {
            Enqueue(decision);
        }

        return Finish();
    }

    /// <summary>What is known of a decision's outcome has changed: a verdict that is final, a truth from the world, or a deadline that passed.</summary>
    /// <param name="decision">The decision as recorded, made before.</param>
    /// <param name="before">What was known before this.</param>
    /// <param name="now">What is known now.</param>
    /// <returns>What it led to.</returns>
    public EvidenceStep Answered(in ReviewedDecision decision, OutcomeStanding before, OutcomeStanding now)
    {
        if (decision.Epoch != _state.Epoch || !decision.IsEvidence || now == before || now == OutcomeStanding.Unknown)
        {
            return new([]);
        }

        if (before is OutcomeStanding.Unknown or OutcomeStanding.Overdue && now != OutcomeStanding.Overdue)
        {
            Tell(ThresholdObservation.Arrived(decision, now == OutcomeStanding.Right));
        }

        var index = IndexOf(decision.Sequence);
        if (index >= 0)
        {
            this[index].Standing = now;
            Drain();
        }
        else if (before == OutcomeStanding.Right)
        {
            return Finish() with { NeedsRecount = decision.Epoch == _state.Epoch };
        }
        else if (before != OutcomeStanding.Unknown && now != OutcomeStanding.Overdue)
        {
            Tell(ThresholdObservation.Corrected(decision, now == OutcomeStanding.Right, before == OutcomeStanding.Overdue));
        }

        return Finish();
    }

    /// <summary>Passes on anything else: an approval, a forced threshold, another goal, the end of an epoch.</summary>
    /// <param name="observation">The observation.</param>
    /// <returns>What it led to.</returns>
    public EvidenceStep Observe(in ThresholdObservation observation)
    {
        Tell(observation);
        return Finish();
    }

    /// <summary>Builds the evidence anew after a verdict was corrected from right to wrong.</summary>
    /// <param name="counted">The <see cref="ThresholdObservation.Counted"/> observations of the epoch's drawn decisions before <see cref="Watermark"/>, in decision order, as they stand now.</param>
    /// <returns>What it led to.</returns>
    public EvidenceStep Recount(IEnumerable<ThresholdObservation> counted)
    {
        Take(_controller.Recount(_state, counted));
        return Finish();
    }

    /// <summary>Writes state and waiting outcomes as JSON.</summary>
    /// <returns>A text for <see cref="Load"/>.</returns>
    public string Save()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WritePropertyName("state");
            writer.WriteRawValue(_state.Save());
            writer.WriteStartArray("waiting");
            for (var i = 0; i < _count; i++)
            {
                var (decision, standing) = (this[i].Decision, this[i].Standing);
                writer.WriteStartArray();
                writer.WriteNumberValue(decision.Sequence);
                writer.WriteNumberValue(decision.Confidence.Value);
                writer.WriteNumberValue(decision.ReviewProbability.Rung);
                writer.WriteNumberValue(decision.LowestProbability.Rung);
                writer.WriteBooleanValue(decision.IsStraightThrough);
                writer.WriteNumberValue((int)standing);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <param name="controller">The controller that the state belongs to.</param>
    /// <param name="json">The JSON.</param>
    /// <returns>A sequencer that goes on where the other stopped.</returns>
    /// <exception cref="FormatException">It is not such a text, or of a version that this one cannot read.</exception>
    public static EvidenceSequencer Load(IThresholdController controller, string json)
    {
        ArgumentNullException.ThrowIfNull(controller);
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new FormatException($"Expected evidence in version {Version}.");
            }

            var sequencer = new EvidenceSequencer(controller, controller.Load(root.GetProperty("state").GetRawText()));
            foreach (var item in root.GetProperty("waiting").EnumerateArray())
            {
                sequencer.Enqueue(new()
                {
                    Sequence = item[0].GetInt64(),
                    Epoch = sequencer._state.Epoch,
                    Confidence = item[1].GetDouble(),
                    IsEligible = true,
                    IsDrawn = true,
                    ReviewProbability = ReviewProbability.AtRung(item[2].GetInt32()),
                    LowestProbability = ReviewProbability.AtRung(item[3].GetInt32()),
                    IsStraightThrough = item[4].GetBoolean(),
                });
                sequencer[sequencer._count - 1].Standing = (OutcomeStanding)item[5].GetInt32();
            }

            return sequencer;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("Expected the state of a threshold and what waits for it: " + e.Message, e);
        }
    }

    private void Drain()
    {
        while (_count > 0 && this[0].Standing != OutcomeStanding.Unknown)
        {
            var (decision, standing) = (this[0].Decision, this[0].Standing);
            _first = (_first + 1) & (_items.Length - 1);
            _count--;
            Tell(ThresholdObservation.Counted(decision, standing == OutcomeStanding.Right, standing == OutcomeStanding.Overdue));
        }
    }

    private void Tell(in ThresholdObservation observation) => Take(_controller.Next(_state, observation));

    private void Take(in ThresholdStep step)
    {
        // What was in flight in an epoch that has ended is no evidence of the new one.
        _state = step.State;
        if (_state.Epoch != _epoch)
        {
            (_epoch, _count) = (_state.Epoch, 0);
        }

        if (step.Change is not null)
        {
            _changes.Add(step.Change);
        }
    }

    private EvidenceStep Finish()
    {
        if (_changes.Count == 0)
        {
            return new([]);
        }

        ThresholdChange[] changes = [.. _changes];
        _changes.Clear();
        return new(changes);
    }

    private void Enqueue(in ReviewedDecision decision)
    {
        if (_count == _items.Length)
        {
            var larger = new InFlight[2 * _count];
            for (var i = 0; i < _count; i++)
            {
                larger[i] = this[i];
            }

            (_items, _first) = (larger, 0);
        }

        _count++;
        this[_count - 1] = new() { Decision = decision };
    }

    private int IndexOf(long sequence)
    {
        int low = 0, high = _count - 1;
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var order = this[middle].Decision.Sequence.CompareTo(sequence);
            if (order == 0)
            {
                return middle;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        return -1;
    }

    private struct InFlight
    {
        internal ReviewedDecision Decision;
        internal OutcomeStanding Standing;
    }
}
