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

    /// <summary>The stream at a pace: it is asked before each ticket, with the ticket's number.</summary>
    public static async IAsyncEnumerable<Decision<Reply>> Decisions(IEnumerable<RecordedDecision> stream, Func<int, Task> pace)
    {
        foreach (var (number, one) in stream.Index())
        {
            await pace(number);

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
