using Club.Access;
using Club.Kernel;

namespace Club.Proof;

/// <summary>That an entry of a member is covered by a root: whoever has the root checks it with nothing else. No person is named.</summary>
/// <param name="Format">What kind of file it is: <see cref="Kind"/>.</param>
/// <param name="Sequence">The number of the newest entry that the root covers.</param>
/// <param name="Head">The hash of that entry, which covers all before it.</param>
/// <param name="Index">The place of the leaf, from 0.</param>
/// <param name="Path">The nodes beside the way to the root of the tree, from below.</param>
public sealed record MemberProof(string Format, MemberId MemberId, long Sequence, string Head, long Index, IReadOnlyList<string> Path,
    RootView Root) : IOfMember
{
    public const string Kind = "club-proof/1";

    internal static MemberProof Of(PlacedHead placed, RootRecord root) => new(Kind, placed.Head.MemberId, placed.Head.Sequence,
        placed.Head.Hash.ToString(), placed.Index, [.. placed.Path.Select(node => node.ToString())], RootView.Of(root));
}

/// <summary>A root as answers tell it.</summary>
/// <param name="Heads">How many members it covers.</param>
/// <param name="Tree">The root of the tree of their heads.</param>
/// <param name="Previous">The root before; null in the first.</param>
/// <param name="Root">What is published.</param>
public sealed record RootView(DateOnly Day, long Number, DateTimeOffset MadeAt, long Heads, string Tree, string? Previous, string Root)
{
    public static RootView Of(RootRecord root) => new(root.Day, root.Number, root.MadeAt, root.Heads, root.Tree, root.Previous, root.Root);
}
