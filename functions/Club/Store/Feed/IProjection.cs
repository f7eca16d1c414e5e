namespace Club.Store;

/// <summary>
/// Rows that follow from what it reads alone: entries and events, unless it says otherwise. They are committed together with the bookmark,
/// so each page counts once. A store may still tell a document that it told before: whoever counts remembers in its rows what it has
/// counted.
/// </summary>
public interface IProjection
{
    /// <summary>The word that names the bookmark, the partition and the rows; never changed.</summary>
    string Name { get; }

    /// <summary>How many changes are read for one commit, as long as the rows fit into it.</summary>
    int PageSize => 200;

    /// <summary>Which documents it is told. Of those that change it is told what they are by then, and not that they go.</summary>
    bool Reads(string type) => type is "entry" or "event";

    /// <summary>Changes rows by what happened. What it does depends on the documents and the rows and on nothing else, so that a rebuild
    /// gives the same.</summary>
    /// <param name="happened">What it reads: of one member in the order in which they were committed, those of one commit in
    /// any.</param>
    Task Project(IReadOnlyList<Document> happened, ProjectionRows rows, CancellationToken cancellation);
}
