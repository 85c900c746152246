using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace HumanLoop.Extensions.AI;

/// <summary>Stands between the model and whoever runs its tool calls, and lets through those that may run.</summary>
internal sealed class ToolGate(IChatClient inner, ToolJudge judge, string workflow, ILogger logger) : DelegatingChatClient(inner)
{
    /// <summary>How often in a row a model may be answered here before its answer is returned as it is.</summary>
    private const int MaxRounds = 10;

    public override async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> history = [.. messages];
        List<ChatMessage> answered = [];
        UsageDetails? usage = null;
        for (var round = 1; ; round++)
        {
            var response = await base.GetResponseAsync(history, options, cancellationToken).ConfigureAwait(false);
            var rulings = await judge.JudgeAsync(new(InnerClient, history, options, response), Calls(response.Messages.SelectMany(message => message.Contents)), cancellationToken).ConfigureAwait(false);
            foreach (var message in response.Messages)
            {
                message.Contents = Apply(rulings, message.Contents);
            }

            if (Answers(rulings) is { Count: > 0 } answers)
            {
                response.Messages.Add(new(ChatRole.Tool, answers));
            }

            answered.AddRange(response.Messages);
            usage = Sum(usage, response.Usage);
            if (IsForOthers(rulings, round))
            {
                response.Messages = answered;
                response.Usage = usage;
                return response;
            }

            (history, options) = Next(history, options, response);
        }
    }

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        IReadOnlyList<ChatMessage> history = [.. messages];
        for (var round = 1; ; round++)
        {
            var (updates, held) = (new List<ChatResponseUpdate>(), new List<ChatResponseUpdate>());
            await foreach (var update in base.GetStreamingResponseAsync(history, options, cancellationToken).ConfigureAwait(false))
            {
                updates.Add(update);

                // From the first call on nothing is shown before it is judged.
                if (held.Count == 0 && Calls(update.Contents).Count == 0)
                {
                    yield return update;
                }
                else
                {
                    held.Add(update);
                }
            }

            var response = updates.ToChatResponse();
            var rulings = await judge.JudgeAsync(new(InnerClient, history, options, response), Calls(held.SelectMany(update => update.Contents)), cancellationToken).ConfigureAwait(false);
            if (Answers(rulings) is { Count: > 0 } answers)
            {
                held.Add(new(ChatRole.Tool, answers) { MessageId = DecisionId.New().Value, ResponseId = response.ResponseId, ConversationId = response.ConversationId });
                updates.Add(held[^1]);
            }

            foreach (var update in held)
            {
                update.Contents = Apply(rulings, update.Contents);
                yield return update;
            }

            if (IsForOthers(rulings, round))
            {
                yield break;
            }

            (history, options) = Next(history, options, updates.ToChatResponse());
        }
    }

    private static List<FunctionCallContent> Calls(IEnumerable<AIContent> contents) =>
        [.. contents.OfType<FunctionCallContent>().Where(call => !call.InformationalOnly)];

    private static List<AIContent> Apply(IReadOnlyList<ToolRuling> rulings, IList<AIContent> contents) =>
        [.. contents.Select(content => rulings.FirstOrDefault(ruling => ReferenceEquals(ruling.Call, content))?.Content ?? content)];

    private static List<AIContent> Answers(IReadOnlyList<ToolRuling> rulings) =>
        [.. rulings.Where(ruling => ruling.IsAnswered).Select(ruling => new FunctionResultContent(ruling.Call.CallId, ruling.Answer))];

    private static UsageDetails? Sum(UsageDetails? total, UsageDetails? more)
    {
        if (total is null || more is null)
        {
            return total ?? more;
        }

        total.Add(more);
        return total;
    }

    /// <summary>With every call answered here the model has to be asked on; else it is for others to run calls or to fetch an approval.</summary>
    private bool IsForOthers(IReadOnlyList<ToolRuling> rulings, int round)
    {
        if (rulings.Count == 0 || rulings.Any(ruling => !ruling.IsAnswered))
        {
            return true;
        }

        if (round == MaxRounds)
        {
            logger.TooManyRounds(workflow, round);
        }

        return round == MaxRounds;
    }

    /// <summary>What the model is given next: all of it, or where the provider keeps the conversation only what is new.</summary>
    private static (IReadOnlyList<ChatMessage> History, ChatOptions? Options) Next(IReadOnlyList<ChatMessage> history, ChatOptions? options, ChatResponse response)
    {
        if (response.ConversationId is not { } conversation)
        {
            return ([.. history, .. response.Messages], options);
        }

        var next = options?.Clone() ?? new();
        next.ConversationId = conversation;
        return ([.. response.Messages.Where(message => message.Role == ChatRole.Tool)], next);
    }
}
