using System.Diagnostics.CodeAnalysis;

namespace HumanLoop.Testing.Promises;

internal static class Expect
{
    public static void That([DoesNotReturnIf(false)] bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new ConformanceException(otherwise);
        }
    }

    public static void Equal<T>(T expected, T actual, string what)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new ConformanceException($"{what}: expected {Show(expected)}, found {Show(actual)}.");
        }
    }

    public static void Sequence<T>(IEnumerable<T> expected, IEnumerable<T> actual, string what)
    {
        var (wanted, found) = (expected.ToList(), actual.ToList());
        if (!wanted.SequenceEqual(found))
        {
            throw new ConformanceException($"{what}: expected [{string.Join(", ", wanted.Select(Show))}], found [{string.Join(", ", found.Select(Show))}].");
        }
    }

    [return: NotNull]
    public static T Some<T>(T? value, string otherwise) =>
        value is null ? throw new ConformanceException(otherwise) : value;

    private static string Show<T>(T value) => value switch
    {
        null => "nothing",
        DateTimeOffset at => at.ToString("O", System.Globalization.CultureInfo.InvariantCulture),
        string text => $"'{text}'",
        _ => value.ToString() ?? "",
    };
}
