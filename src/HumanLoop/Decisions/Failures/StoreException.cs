namespace HumanLoop;

/// <summary>The store could not do what was asked, or it is unknown whether it did. Nothing has acted that is not recorded.</summary>
/// <remarks>Every call that throws it may be repeated: the keys make a repeat harmless.</remarks>
public sealed class StoreException : HumanLoopException
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">What is wrong with the store and how to mend it.</param>
    /// <param name="innerException">What the database said.</param>
    public StoreException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}
