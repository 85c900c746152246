namespace HumanLoop.Extensions.AI;

/// <summary>A model's answer holds no proposal of the wanted type, so there is no decision to route.</summary>
/// <remarks>The message holds nothing of what the model wrote; <see cref="Answer"/> does. Ask again, or put the case before a person.</remarks>
public sealed class UnreadableAnswerException : HumanLoopException
{
    internal UnreadableAnswerException(string model, Type type, string answer, Exception? cause)
        : base($"The answer of model '{model}', {answer.Length} characters, is no JSON of type {type.Name}. Does the model support structured output, and was the answer cut off?", cause)
    {
        Model = model;
        Answer = answer;
    }

    /// <summary>The model that answered.</summary>
    public string Model { get; }

    /// <summary>What it wrote.</summary>
    public string Answer { get; }
}
