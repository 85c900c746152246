using System.Globalization;

namespace HumanLoop.Settings;

/// <summary>Collects what is wrong with the settings of one workflow or webhook, in sentences that name the key, the value and the mend.</summary>
internal sealed class SettingsCheck(string what, string name)
{
    public List<string> Problems { get; } = [];

    public bool MissesRequired { get; private set; }

    public void Fail(string sentence) => Problems.Add($"{what} '{name}': {sentence}");

    public void Fail(string key, object? value, string expected) => Fail($"{key} is {Text(value)}; it must be {expected}.");

    public void Missing(string key)
    {
        MissesRequired = true;
        Fail($"{key} is missing. It is one of the three required settings: Owner, Metric and Threshold:MaxErrorRate.");
    }

    public bool Required(string key, string value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return true;
        }

        Missing(key);
        return false;
    }

    public void Defined<TEnum>(string key, TEnum value)
        where TEnum : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            Fail(key, value, string.Join(", ", Enum.GetNames<TEnum>()));
        }
    }

    public void ExactlyOne(string key, double? atLeast, double? atMost)
    {
        if (atLeast is null == atMost is null)
        {
            MissesRequired |= atLeast is null;
            Fail($"{key} has {(atLeast is null ? "neither AtLeast nor AtMost" : "both AtLeast and AtMost")}; it must have exactly one of them: the target.");
        }

        if (atLeast is { } least && !double.IsFinite(least))
        {
            Fail($"{key}:AtLeast", least, "a finite number");
        }

        if (atMost is { } most && !double.IsFinite(most))
        {
            Fail($"{key}:AtMost", most, "a finite number");
        }
    }

    public void Fraction(string key, double? value, bool zero, bool one)
    {
        if (value is not { } number || (number > 0 && number < 1) || (zero && number == 0) || (one && number == 1))
        {
            return;
        }

        // Somebody who writes 5 means 5 %, which is worth saying.
        var meant = number is > 1 and <= 100 ? $"; did you mean {Text(number / 100)}?" : ".";
        Fail($"{key} is {Text(number)}; it is a fraction in {(zero ? "[" : "(")}0, 1{(one ? "]" : ")")}{meant}");
    }

    public void Duration(string key, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
        {
            Fail(key, value, $"a duration from {Text(least)} to {Text(most)}, written [days.]hours:minutes:seconds");
        }
    }

    public static string Text(object? value) => value switch
    {
        null => "missing",
        "" => "empty",
        string text => $"'{text}'",
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        double number => number.ToString("0.##########", CultureInfo.InvariantCulture),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
