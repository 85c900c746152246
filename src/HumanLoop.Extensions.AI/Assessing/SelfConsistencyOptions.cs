using System.Text.Json;

namespace HumanLoop.Extensions.AI;

/// <summary>How often a question is asked again, and what agreeing means.</summary>
public sealed class SelfConsistencyOptions
{
    /// <summary>How many more answers are wanted.</summary>
    /// <value>From 2 to 100; the default is 5.</value>
    public int Samples { get; set; } = 5;

    /// <summary>The sampling temperature of those answers. At 0 a model agrees with itself and says nothing by it.</summary>
    /// <value>Above 0, at most 2; the default is 0.7.</value>
    public float Temperature { get; set; } = 0.7f;

    /// <summary>Asks one after another and stops as soon as the rest cannot move the confidence across this number. What was not asked counts as not agreeing, so
    /// stopping early never claims more.</summary>
    /// <value>In [0, 1]; the default, <see langword="null"/>, asks all of them at once.</value>
    public double? StopAt { get; set; }

    /// <summary>Brings two values that mean the same to the same text.</summary>
    /// <value>Given the path of a field, empty for a scalar answer, and its value. The default ignores case and white space around words, and how a number is
    /// written.</value>
    public Func<string, JsonElement, string> Normalise { get; set; } = static (_, value) => AnswerFields.Normalise(value);
}
