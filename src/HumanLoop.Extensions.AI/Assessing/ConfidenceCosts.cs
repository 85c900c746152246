using System.Diagnostics;
using System.Diagnostics.Metrics;
using HumanLoop.Diagnostics;
using Microsoft.Extensions.AI;

namespace HumanLoop.Extensions.AI;

/// <summary>Counts what finding a confidence costs beside the answer itself.</summary>
internal static class ConfidenceCosts
{
    private static readonly Meter Meter = new(HumanLoopDiagnostics.MeterName, typeof(ConfidenceCosts).Assembly.GetName().Version?.ToString(3));
    private static readonly Counter<long> Calls = Meter.CreateCounter<long>(ChatConfidenceDiagnostics.Calls, "{call}", "Model calls made to find a confidence.");
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>(ChatConfidenceDiagnostics.Tokens, "{token}", "Tokens read and written to find a confidence.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram(
        ChatConfidenceDiagnostics.Duration,
        "s",
        "How long finding a confidence took.",
        null,
        new InstrumentAdvice<double> { HistogramBucketBoundaries = [.05, .1, .25, .5, 1, 2.5, 5, 10, 30] });

    /// <summary>One call of a model on account of a method.</summary>
    public static async Task<ChatResponse> AskAsync(IChatClient client, IEnumerable<ChatMessage> messages, ChatOptions options, string method, CancellationToken cancellationToken)
    {
        var tag = new KeyValuePair<string, object?>(ChatConfidenceDiagnostics.MethodTag, method);
        Calls.Add(1, tag);
        var response = await client.GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        Tokens.Add(response.Usage?.InputTokenCount ?? 0, tag, new(ChatConfidenceDiagnostics.TokenTypeTag, "input"));
        Tokens.Add(response.Usage?.OutputTokenCount ?? 0, tag, new(ChatConfidenceDiagnostics.TokenTypeTag, "output"));
        return response;
    }

    /// <summary>Finds a confidence and times it.</summary>
    public static async Task<ConfidenceEstimate> MeasureAsync(ChatConfidence confidence, ChatAnswer answer, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var tags = new TagList { { ChatConfidenceDiagnostics.MethodTag, confidence.Method } };
        try
        {
            return await confidence.EstimateAsync(answer, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            tags.Add("error.type", failure.GetType().FullName);
            throw;
        }
        finally
        {
            Duration.Record(clock.Elapsed.TotalSeconds, tags);
        }
    }
}
