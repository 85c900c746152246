namespace HumanLoop.AspNetCore.Comparing;

/// <summary>What changed between two texts, word by word: a longest common subsequence (Wagner and Fischer 1974) of words, spaces and marks.</summary>
internal static class WordDiff
{
    // Beyond this the table would cost more than a reader gains: the middle is then shown as replaced.
    private const int MaxTokens = 1000;

    public static IReadOnlyList<DiffPart> Of(string before, string after)
    {
        var (old, @new) = (Tokens(before), Tokens(after));
        var head = 0;
        while (head < old.Count && head < @new.Count && old[head] == @new[head])
        {
            head++;
        }

        var tail = 0;
        while (tail < old.Count - head && tail < @new.Count - head && old[^(tail + 1)] == @new[^(tail + 1)])
        {
            tail++;
        }

        var parts = new List<DiffPart>();
        Add(parts, ' ', old.Take(head));
        Middle(parts, old[head..(old.Count - tail)], @new[head..(@new.Count - tail)]);
        Add(parts, ' ', old.Skip(old.Count - tail));
        return parts;
    }

    private static void Middle(List<DiffPart> parts, List<string> old, List<string> @new)
    {
        if (old.Count > MaxTokens || @new.Count > MaxTokens)
        {
            Add(parts, '-', old);
            Add(parts, '+', @new);
            return;
        }

        // common[i, j]: how much of what begins at i and j is alike.
        var common = new ushort[old.Count + 1, @new.Count + 1];
        for (var i = old.Count - 1; i >= 0; i--)
        {
            for (var j = @new.Count - 1; j >= 0; j--)
            {
                common[i, j] = old[i] == @new[j] ? (ushort)(common[i + 1, j + 1] + 1) : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        for (int i = 0, j = 0; i < old.Count || j < @new.Count;)
        {
            if (i < old.Count && j < @new.Count && old[i] == @new[j])
            {
                Add(parts, ' ', [old[i++]]);
                j++;
            }
            else if (j == @new.Count || (i < old.Count && common[i + 1, j] >= common[i, j + 1]))
            {
                Add(parts, '-', [old[i++]]);
            }
            else
            {
                Add(parts, '+', [@new[j++]]);
            }
        }
    }

    private static void Add(List<DiffPart> parts, char kind, IEnumerable<string> tokens)
    {
        var text = string.Concat(tokens);
        if (text.Length == 0)
        {
            return;
        }

        if (parts.Count > 0 && parts[^1].Kind == kind)
        {
            parts[^1] = parts[^1] with { Text = parts[^1].Text + text };
        }
        else
        {
            parts.Add(new(kind, text));
        }
    }

    private static List<string> Tokens(string text)
    {
        var tokens = new List<string>();
        for (var i = 0; i < text.Length;)
        {
            var start = i++;
            while (i < text.Length && Kind(text[i]) == Kind(text[start]) && Kind(text[i]) != 0)
            {
                i++;
            }

            tokens.Add(text[start..i]);
        }

        return tokens;

        static int Kind(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) ? 1 : char.IsWhiteSpace(c) ? 2 : 0;
    }
}
