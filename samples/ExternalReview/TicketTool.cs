using System.Text.Json;
using System.Threading.Channels;

namespace ExternalReview;

/// <summary>The outside tool: it knows nothing of HumanLoop but a URL and two secrets. Its agent looks at each ticket and answers by a webhook of the tool's own.</summary>
internal sealed class TicketTool(Story story, ToolSecrets secrets, IHttpClientFactory http, TimeProvider time) : BackgroundService
{
    private readonly Channel<JsonElement> _tickets = Channel.CreateUnbounded<JsonElement>();

    /// <summary>Where the verdicts go; known once the server listens.</summary>
    public Uri? Verdicts { get; set; }

    public void Map(IEndpointRouteBuilder app) => app.MapPost("/ticket-tool/hooks", ReceiveAsync);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var ticket in _tickets.Reader.ReadAllAsync(stoppingToken))
        {
            var (id, proposal) = (ticket.GetProperty("id").GetString()!, ticket.GetProperty("proposal"));
            var (order, amount) = (proposal.GetProperty("order").GetString()!, proposal.GetProperty("amount").GetDecimal());
            story.Tell("tool", $"ticket {id}: refund {amount:0.00} for {order}? \"{ticket.GetProperty("briefing").GetString()}\"");
            object verdict = amount switch
            {
                > 500 => new { review = id, agent = "mia@tool.example", verdict = "rejected", reason = "too_much" },
                > 100 => new { review = id, agent = "mia@tool.example", verdict = "corrected", proposal = new { order, amount = 100 } },
                _ => new { review = id, agent = "mia@tool.example", verdict = "approved" },
            };
            using var answer = await SignedRequest.SendAsync(http.CreateClient(), Verdicts!, secrets.OfTool, time, $"verdict-{id}", verdict, stoppingToken);
            story.Tell("tool", $"sent a verdict on {id}: {(int)answer.StatusCode}");
        }
    }

    /// <summary>Answers at once and works afterwards: a sender does not wait for people.</summary>
    private async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (await SignedRequest.ReadAsync(request, secrets.OfHumanLoop, time, cancellationToken) is not { } message)
        {
            return Results.Unauthorized();
        }

        if (!story.IsNew(request.Headers["webhook-id"]!))
        {
            return Results.NoContent();
        }

        var (type, data) = (message.GetProperty("type").GetString(), message.GetProperty("data"));
        story.Tell("webhook", $"{type}: {data.GetProperty("text").GetString()}");
        foreach (var review in data.GetProperty("reviews").EnumerateArray())
        {
            if (type == "review.requested")
            {
                _tickets.Writer.TryWrite(review.Clone());
            }
            else
            {
                story.Tell("tool", $"closes {review.GetProperty("id").GetString()}: {review.GetProperty("ended").GetString()} by {review.GetProperty("reviewer").GetString()}");
                story.Closed(review.GetProperty("id").GetString()!);
            }
        }

        return Results.NoContent();
    }
}
