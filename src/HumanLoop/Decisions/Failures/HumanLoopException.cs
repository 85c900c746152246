namespace HumanLoop;

/// <summary>The base of the exceptions that the library throws on purpose.</summary>
public abstract class HumanLoopException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong and how to mend it.</param>
    /// <param name="innerException">What caused it, or <see langword="null"/>.</param>
    protected HumanLoopException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
