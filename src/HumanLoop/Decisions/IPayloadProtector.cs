namespace HumanLoop;

/// <summary>Encrypts what decisions say before any store sees it: proposals, corrections, briefings, links, fields, comments, notes and error texts. What
/// happened to a decision stays readable, and so does its <c>Subject</c>, by which its data is found to be erased.</summary>
/// <remarks>Choose it with <c>.UsePayloadProtector&lt;T&gt;()</c>; data that was stored before stays readable. Called concurrently and on the way of every
/// decision: be quick, and do no I/O.</remarks>
public interface IPayloadProtector
{
    /// <summary>Encrypts and authenticates.</summary>
    /// <param name="plain">What to protect, UTF-8.</param>
    /// <returns>Bytes that only <see cref="Unprotect"/> reads; they are stored as Base64, a third longer.</returns>
    byte[] Protect(ReadOnlySpan<byte> plain);

    /// <summary>Reads it back. Keep the keys for as long as the data: without them it counts as unreadable, nothing acts on it, and an error is logged.</summary>
    /// <param name="cipher">What <see cref="Protect"/> returned.</param>
    /// <returns>What was protected.</returns>
    /// <exception cref="Exception">The bytes are not what was protected, or their key is gone.</exception>
    byte[] Unprotect(ReadOnlySpan<byte> cipher);
}
