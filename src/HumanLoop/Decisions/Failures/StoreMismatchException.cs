namespace HumanLoop;

/// <summary>The store is not this application's: it belongs to another environment, another audit key or a newer version. Waiting does not mend it.</summary>
public sealed class StoreMismatchException : HumanLoopException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What does not match and how to mend it.</param>
    public StoreMismatchException(string message)
        : base(message)
    {
    }
}
