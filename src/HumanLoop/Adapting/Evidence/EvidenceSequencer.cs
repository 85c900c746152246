using System.Text.Json;

namespace HumanLoop.Adapting;

/// <summary>Stands between the journal and a controller: outcomes arrive in any order and enter the evidence in the order of their decisions.</summary>
/// <remarks>
/// What arrives early is no fair sample: errors often take longer to find than confirmations. So only outcomes of decisions before the
/// oldest unanswered one count; later ones wait here. What can only tighten, the watch for drift, hears of them at once. Pure and
/// deterministic; not safe for concurrent use. Its size grows with the reviews in flight.
/// </remarks>
internal sealed class EvidenceSequencer
{
    private const int Version = 1;

    private readonly IThresholdController _controller;
    private readonly List<ThresholdChange> _changes = [];
    private ThresholdState _state;

    private readonly WaitingDecisions _waiting = new();
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
    public int Waiting => _waiting.Count;

    /// <summary>The sequence number of the oldest unanswered decision: everything before it has been counted. <see langword="null"/> when nothing waits.</summary>
    public long? Watermark => _waiting.First;

    /// <summary>What waits, in blocks that can be stored on their own.</summary>
    internal IReadOnlyList<WaitingBlock> Blocks => _waiting.Blocks;

    /// <summary>A decision was recorded. Call it for every decision, in the order of their sequence numbers.</summary>
    /// <param name="decision">The decision as recorded.</param>
    /// <returns>What it led to.</returns>
    public EvidenceStep Made(in ReviewedDecision decision)
    {
        Tell(ThresholdObservation.DecisionRecorded(decision));
        if (decision.Epoch == _state.Epoch && decision.IsEvidence)
        {
            _waiting.Add(new(decision));
        }

        return Finish();
    }

    /// <summary>What is known of a decision's outcome has changed: a verdict that is final, a recorded truth, or a deadline that passed.</summary>
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
            Tell(ThresholdObservation.OutcomeArrived(decision, now == OutcomeStanding.Right));
        }

        if (_waiting.Answer(decision.Sequence, now))
        {
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
    /// <param name="counted">The <see cref="ThresholdObservation.OutcomeCounted"/> observations of the epoch's drawn decisions before <see cref="Watermark"/>, in
    /// decision order, as they stand now.</param>
    /// <returns>What it led to.</returns>
    public EvidenceStep Recount(IEnumerable<ThresholdObservation> counted)
    {
        Take(_controller.Recount(_state, counted));
        return Finish();
    }

    /// <summary>Writes state and waiting outcomes as JSON.</summary>
    /// <returns>A text for <see cref="Load(IThresholdController, string)"/>.</returns>
    public string Save() => Save(Blocks);

    /// <summary>Reads what <see cref="Save()"/> wrote.</summary>
    /// <param name="controller">The controller that the state belongs to.</param>
    /// <param name="json">The JSON.</param>
    /// <returns>A sequencer that goes on where the other stopped.</returns>
    /// <exception cref="FormatException">It is not such a text, or of a version that this one cannot read.</exception>
    public static EvidenceSequencer Load(IThresholdController controller, string json)
    {
        ArgumentNullException.ThrowIfNull(controller);
        return Load(controller, json, [], null);
    }

    /// <summary>Writes the state, and of what waits only some blocks: the others are stored on their own.</summary>
    internal string Save(IEnumerable<WaitingBlock> blocks)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("version", Version);
            writer.WritePropertyName("state");
            writer.WriteRawValue(_state.Save());
            writer.WriteStartArray("waiting");
            _waiting.WriteTo(writer, blocks);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <param name="controller">The controller that the state belongs to.</param>
    /// <param name="json">The JSON.</param>
    /// <param name="full">The blocks that were stored on their own.</param>
    /// <param name="waiting">How many waited; null for all that are handed in.</param>
    internal static EvidenceSequencer Load(IThresholdController controller, string json, IReadOnlyList<WaitingBlock> full, int? waiting)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            if (root.GetProperty("version").GetInt32() != Version)
            {
                throw new FormatException($"Expected evidence in version {Version}.");
            }

            var sequencer = new EvidenceSequencer(controller, controller.Load(root.GetProperty("state").GetRawText()));
            var rest = root.GetProperty("waiting");
            sequencer._waiting.Load(full, rest, waiting ?? (full.Count * WaitingBlock.Size) + rest.GetArrayLength());
            return sequencer;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException("Expected the state of a threshold and what waits for it: " + e.Message, e);
        }
    }

    private void Drain()
    {
        while (_waiting.TryTake(out var oldest))
        {
            Tell(ThresholdObservation.OutcomeCounted(oldest.In(_state.Epoch), oldest.Standing == OutcomeStanding.Right, oldest.Standing == OutcomeStanding.Overdue));
        }
    }

    private void Tell(in ThresholdObservation observation) => Take(_controller.Next(_state, observation));

    private void Take(in ThresholdStep step)
    {
        // What was in flight in an epoch that has ended is no evidence of the new one.
        _state = step.State;
        if (_state.Epoch != _epoch)
        {
            _epoch = _state.Epoch;
            _waiting.Clear();
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
}
