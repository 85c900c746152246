namespace HumanLoop.Adapting;

/// <summary>The stored shape of where the decisions are that wait and are not written with their state.</summary>
/// <param name="Count">How many wait altogether.</param>
/// <param name="Documents">The numbers of the documents that they are in, oldest first.</param>
/// <param name="Given">How many numbers have been given.</param>
internal sealed record AsideDocument(int Count, IReadOnlyList<int> Documents, int Given);
