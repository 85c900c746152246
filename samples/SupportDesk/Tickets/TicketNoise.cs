using System.Text;

namespace SupportDesk.Tickets;

/// <summary>Turns clean sentences into what people really type: slips, abbreviations, capitals and missing punctuation.</summary>
internal static class TicketNoise
{
    private const string Letters = "abcdefghijklmnopqrstuvwxyz";

    private static readonly (string Long, string[] Short)[] s_abbreviations =
    [
        ("please", ["pls", "plz"]),
        ("thanks", ["thx", "tnx"]),
        ("you", ["u"]),
        ("your", ["ur"]),
        ("are", ["r"]),
        ("because", ["bc"]),
        ("about", ["abt"]),
        ("order", ["ordr", "ord"]),
        ("address", ["addr", "adress"]),
        ("password", ["pw", "pwd"]),
        ("subscription", ["sub", "subscr"]),
        ("account", ["acct", "acc"]),
        ("delivery", ["dlvry", "delivry"]),
        ("received", ["recieved", "rcvd"]),
        ("message", ["msg"]),
        ("number", ["nr", "no"]),
        ("with", ["w/"]),
        ("and", ["&", "n"]),
        ("email", ["e-mail", "mail"]),
        ("refund", ["refnd", "re-fund"]),
        ("package", ["pkg", "pack"]),
        ("weeks", ["wks"]),
        ("months", ["mths"]),
    ];

    public static string Apply(string text, Random random)
    {
        var words = text.Split(' ');
        if (random.NextDouble() < 0.2)
        {
            Abbreviate(words, random);
        }

        if (random.NextDouble() < 0.4)
        {
            // Whoever makes slips makes them throughout: the rate belongs to the writer, not to the word.
            var rate = 0.02 + (random.NextDouble() * 0.12);
            for (var i = 0; i < words.Length; i++)
            {
                if (random.NextDouble() < rate)
                {
                    words[i] = Slip(words[i], random);
                }
            }
        }

        text = string.Join(' ', words);
        if (random.NextDouble() < 0.15)
        {
            text = WithoutPunctuation(text);
        }

        return random.NextDouble() switch
        {
            < 0.25 => text.ToLowerInvariant(),
            < 0.29 => text.ToUpperInvariant(),
            _ => text,
        };
    }

    private static void Abbreviate(string[] words, Random random)
    {
        for (var i = 0; i < words.Length; i++)
        {
            var core = words[i].TrimEnd('.', ',', '!', '?', ':');
            foreach (var (full, shortened) in s_abbreviations)
            {
                if (core.Equals(full, StringComparison.OrdinalIgnoreCase) && random.NextDouble() < 0.6)
                {
                    words[i] = Slots.Pick(shortened, random) + words[i][core.Length..];
                    break;
                }
            }
        }
    }

    // Numbers and addresses stay as they are: people copy those rather than type them.
    private static string Slip(string word, Random random)
    {
        if (word.Length < 4 || word.Any(static c => char.IsDigit(c) || c == '@'))
        {
            return word;
        }

        var at = random.Next(1, word.Length - 1);
        return random.Next(4) switch
        {
            0 => word.Remove(at, 1),
            1 => word.Insert(at, word[at].ToString()),
            2 => string.Concat(word.AsSpan(0, at), Letters.AsSpan(random.Next(Letters.Length), 1), word.AsSpan(at + 1)),
            _ => string.Concat(word.AsSpan(0, at - 1), word.AsSpan(at, 1), word.AsSpan(at - 1, 1), word.AsSpan(at + 1)),
        };
    }

    private static string WithoutPunctuation(string text)
    {
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            // A point or a comma inside an amount or an address is not punctuation.
            var inside = text[i] != '\'' && i + 1 < text.Length && char.IsLetterOrDigit(text[i + 1]);
            if (inside || text[i] is not ('.' or ',' or '!' or '?' or ':' or '\''))
            {
                kept.Append(text[i]);
            }
        }

        return kept.ToString();
    }
}
