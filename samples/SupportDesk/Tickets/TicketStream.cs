using System.Globalization;
using System.Text;

namespace SupportDesk.Tickets;

/// <summary>
/// Writes the shop's tickets. A seed and a position always give the same ticket, so a shorter stream is the beginning of
/// a longer one.
/// </summary>
internal static class TicketStream
{
    private static readonly Mixture s_training = new(
        TrainingTemplates.Plain,
        TrainingTemplates.Plain,
        TrainingTemplates.Ambiguous,
        [],
        MixedShare: 0.12,
        AmbiguousShare: 0.07,
        OutOfScopeShare: 0);

    private static readonly Mixture s_live = new(
        LiveTemplates.Plain,
        [.. LiveTemplates.Plain, .. AsideTemplates.Sentences],
        LiveTemplates.Ambiguous,
        OutOfScopeTemplates.Sentences,
        MixedShare: 0.07,
        AmbiguousShare: 0.04,
        OutOfScopeShare: 0.055);

    /// <summary>Last year's labelled tickets.</summary>
    public static IReadOnlyList<Ticket> Training(int seed, int count) => Write(s_training, seed, count);

    /// <summary>Today's tickets: worded otherwise than the training set, and some of them about nothing that it knows.</summary>
    public static IReadOnlyList<Ticket> Live(int seed, int count) => Write(s_live, seed, count);

    private static Ticket[] Write(Mixture mixture, int seed, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);

        var random = new Random(seed);
        var tickets = new Ticket[count];
        for (var i = 0; i < count; i++)
        {
            var (request, intent) = Request(mixture, random);
            var id = string.Create(CultureInfo.InvariantCulture, $"ticket-{i + 1:000000}");
            tickets[i] = new Ticket(id, TicketNoise.Apply(Surround(request, random), random), intent);
        }

        return tickets;
    }

    private static (string Request, string Intent) Request(Mixture mixture, Random random)
    {
        var kind = random.NextDouble();
        if ((kind -= mixture.OutOfScopeShare) < 0)
        {
            return (Expand(Slots.Pick(mixture.OutOfScope, random), random), TicketIntents.OutOfScope);
        }

        if ((kind -= mixture.AmbiguousShare) < 0)
        {
            var group = Slots.Pick(mixture.Ambiguous, random);
            return (Expand(Slots.Pick(group.Sentences, random), random), Slots.Pick(group.Intents, random));
        }

        var intent = TicketIntents.Draw(random);
        var sentence = Sentence(mixture.First, intent, random);
        if (kind - mixture.MixedShare >= 0)
        {
            return (sentence, intent);
        }

        // Two requests in one ticket: the first is what the customer came for.
        string second;
        do
        {
            second = TicketIntents.Draw(random);
        }
        while (second == intent);

        var connector = Slots.Pick(AmbientPhrases.Connectors, random);
        var aside = Sentence(mixture.Second, second, random);
        return ($"{sentence} {connector} {(connector.EndsWith('.') ? aside : Decapitalize(aside))}", intent);
    }

    // An intent with templates in two lists uses each of the lists equally often, however long it is.
    private static string Sentence(ILookup<string, IntentTemplates> templates, string intent, Random random)
    {
        var candidates = templates[intent].ToArray();
        return Expand(Slots.Pick(Slots.Pick(candidates, random).Sentences, random), random);
    }

    private static string Decapitalize(string sentence) =>
        sentence.StartsWith('I') && sentence.Length > 1 && !char.IsLetter(sentence[1])
            ? sentence
            : string.Concat(char.ToLowerInvariant(sentence[0]).ToString(), sentence.AsSpan(1));

    private static string Surround(string request, Random random)
    {
        var text = new StringBuilder();
        if (random.NextDouble() < 0.45)
        {
            text.Append(Slots.Pick(AmbientPhrases.Openings, random)).Append(' ');
        }

        if (random.NextDouble() < 0.2)
        {
            text.Append(Expand(Slots.Pick(AmbientPhrases.Contexts, random), random)).Append(' ');
        }

        text.Append(request);
        if (random.NextDouble() < 0.45)
        {
            text.Append(' ').Append(Expand(Slots.Pick(AmbientPhrases.Closings, random), random));
        }

        return text.ToString();
    }

    /// <summary>Makes a template's choices and fills its slots. No value occurs twice in a sentence.</summary>
    private static string Expand(string template, Random random)
    {
        var chosen = Replace(template, '[', ']', choice => Slots.Pick(choice.Split('|'), random));
        var used = new HashSet<string>();
        return Replace(chosen, '{', '}', slot =>
        {
            string value;
            do
            {
                value = Slots.Draw(slot, random);
            }
            while (!used.Add(value));

            return value;
        });
    }

    private static string Replace(string text, char open, char close, Func<string, string> replacement)
    {
        var result = new StringBuilder();
        var position = 0;
        for (var start = text.IndexOf(open); start >= 0; start = text.IndexOf(open, position))
        {
            var end = text.IndexOf(close, start);
            result.Append(text, position, start - position).Append(replacement(text[(start + 1)..end]));
            position = end + 1;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    private sealed record Mixture(
        IReadOnlyList<IntentTemplates> Requests,
        IReadOnlyList<IntentTemplates> SecondRequests,
        IReadOnlyList<AmbiguousTemplates> Ambiguous,
        IReadOnlyList<string> OutOfScope,
        double MixedShare,
        double AmbiguousShare,
        double OutOfScopeShare)
    {
        public ILookup<string, IntentTemplates> First { get; } = Requests.ToLookup(static entry => entry.Intent);

        public ILookup<string, IntentTemplates> Second { get; } = SecondRequests.ToLookup(static entry => entry.Intent);
    }
}
