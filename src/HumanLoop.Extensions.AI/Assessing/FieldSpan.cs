using System.Text.Json;

namespace HumanLoop.Extensions.AI;

/// <summary>Where the value of one field stands in an answer: its bytes and the one that ends it, for a value that goes on is another value.</summary>
internal readonly record struct FieldSpan(string Path, int Start, int End)
{
    /// <summary>The scalar values of the JSON that the tokens spell; <see langword="null"/> when they spell none.</summary>
    public static IReadOnlyList<FieldSpan>? Find(IReadOnlyList<TokenLogprob> tokens, string? envelope)
    {
        byte[] text = [.. tokens.SelectMany(token => token.Utf8.ToArray())];
        var (start, length) = JsonText.Find(text);
        if (length == 0)
        {
            return null;
        }

        try
        {
            return Read(text.AsSpan(start, length), start, envelope);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The joint probability of the tokens that have a share in it.</summary>
    public Confidence ProbabilityIn(IReadOnlyList<TokenLogprob> tokens)
    {
        var (position, sum) = (0, 0.0);
        foreach (var token in tokens)
        {
            var end = position + token.Utf8.Length;
            sum += position < End && end > Start ? token.Logprob : 0;
            position = end;
        }

        return Math.Exp(sum);
    }

    private static List<FieldSpan> Read(ReadOnlySpan<byte> json, int offset, string? envelope)
    {
        var reader = new Utf8JsonReader(json);
        var spans = new List<FieldSpan>();
        var path = new JsonPath();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    path.Enter(reader.TokenType == JsonTokenType.StartArray);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    path.Leave();
                    break;
                case JsonTokenType.PropertyName:
                    path.Name(reader.GetString()!);
                    break;
                default:
                    var isText = reader.TokenType == JsonTokenType.String;
                    var start = offset + (int)reader.TokenStartIndex + (isText ? 1 : 0);
                    var end = offset + (int)reader.BytesConsumed + (isText ? 0 : 1);
                    if (path.Below(envelope) is { } name)
                    {
                        spans.Add(new(name, start, end));
                    }

                    path.Next();
                    break;
            }
        }

        return spans;
    }
}
