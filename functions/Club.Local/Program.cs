using Club.Local;
using Functions.Local.Cli;

return await CommandLine.Run(args, ClubComposition.Club);
