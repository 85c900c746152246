using System.Text.Json;
using HumanLoop;

namespace Invoices;

/// <summary>A person with the paper in hand, who looks at the fields that the model was not sure of and at no others.</summary>
internal sealed class Clerk(IReviewDesk desk)
{
    public int FieldsRead { get; private set; }

    public int Corrected { get; private set; }

    public async Task ReviewAsync(Review review, Invoice truth)
    {
        Console.WriteLine($"\n{review.Id.DecisionId}, because {review.Reason}");
        var paper = JsonSerializer.SerializeToElement(truth, JsonSerializerOptions.Web);
        var entered = new Dictionary<string, JsonElement>();
        foreach (var field in review.Proposal!.Value.EnumerateObject())
        {
            var confidence = review.Fields![field.Name];
            var isWeak = !review.Threshold.Admits(confidence);
            Console.WriteLine($"   {(isWeak ? '>' : ' ')} {field.Name,-10}{field.Value,-12}{(isWeak ? $"{confidence.Value:0.00}" : "")}");
            entered[field.Name] = isWeak ? paper.GetProperty(field.Name) : field.Value;
            FieldsRead += isWeak ? 1 : 0;
        }

        var version = JsonSerializer.SerializeToElement(entered, JsonSerializerOptions.Web);
        var isRight = version.Deserialize<Invoice>(JsonSerializerOptions.Web) == review.Proposal!.Value.Deserialize<Invoice>(JsonSerializerOptions.Web);
        Console.WriteLine(isRight ? "   approved" : $"   corrected to {string.Join(", ", entered.Values)}");
        Corrected += isRight ? 0 : 1;
        await desk.DecideAsync(review.Id, isRight ? new Verdict.Approved() : new Verdict.Corrected(version), "ben@example.com");
    }
}
