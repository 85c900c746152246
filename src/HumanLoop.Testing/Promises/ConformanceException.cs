namespace HumanLoop.Testing;

/// <summary>An implementation broke a promise of its contract.</summary>
public sealed class ConformanceException : Exception
{
    internal ConformanceException(string message)
        : base(message)
    {
    }
}
