using System.Runtime.CompilerServices;
using HumanLoop;
using HumanLoop.Testing;

namespace SupportDesk.Tickets;

/// <summary>The tickets as decisions of the model: what it would answer, how sure it is, and, kept aside for the simulated reviewers, what is right.</summary>
internal static class Ticketing
{
    public static List<RecordedDecision> Stream(int count, int seed)
    {
        using var model = TicketModel.LoadOrTrain(Path.Combine(AppContext.BaseDirectory, TicketModel.FileName));
        return [.. TicketStream.Live(seed, count).Select(ticket =>
        {
            var prediction = model.Predict(ticket.Text);
            return new RecordedDecision { Id = ticket.Id, Predicted = prediction.Intent, Confidence = prediction.Confidence, Truth = ticket.Intent, Segment = prediction.Intent, Text = ticket.Text };
        })];
    }

    /// <summary>All at once, or as they would come in.</summary>
    public static async IAsyncEnumerable<Decision<Reply>> Decisions(IEnumerable<RecordedDecision> stream, bool atOnce, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var one in stream)
        {
            if (!atOnce)
            {
                await Task.Delay(50, cancellationToken);
            }

            yield return new Decision<Reply>(new(one.Predicted))
            {
                Id = one.Id,
                Confidence = one.Confidence,
                Segment = one.Segment,
                Model = TicketModel.CurrentVersion,
                Briefing = one.Text ?? "",
            };
        }
    }
}
