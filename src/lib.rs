//! Hall Pass
